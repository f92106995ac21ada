"use strict";
/* Find the point that a pair of numbers names. */
(() => {
  const { C, el, text, at, title, button, clear, random, svg } = Stage;
  const { min, max } = CONFIG, N = max - min, U = 800 / N, X = 140, Y = 1010;
  const state = { target: [0, 0], right: 0, asked: 0 };
  const hint = title(CONFIG.title, "在方格中点出这个位置");
  const px = (a) => X + (a - min) * U, py = (b) => Y - (b - min) * U;
  const sign = (v) => (v < 0 ? "−" : "") + Math.abs(v);
  for (let i = min; i <= max; i++) {
    const axis = i === 0;
    el("line", { x1: px(i), x2: px(i), y1: py(min), y2: py(max), stroke: axis ? C.ink : C.line, "stroke-width": axis ? 5 : 3 });
    el("line", { y1: py(i), y2: py(i), x1: px(min), x2: px(max), stroke: axis ? C.ink : C.line, "stroke-width": axis ? 5 : 3 });
    if (i) text(px(i), py(0) + 34, sign(i), 32, { fill: C.grey });
    text(px(0) - 36, py(i) + (i ? 0 : 34), sign(i), 32, { fill: C.grey });
  }
  const marks = el("g");
  const ask = text(1440, 330, "", 96, { "font-weight": 700, fill: C.deep });
  text(1440, 440, CONFIG.rule, 44, { fill: C.grey });
  const score = text(1440, 640, "", 50);
  const name = (p) => `(${sign(p[0])}, ${sign(p[1])})`;
  function next() {
    state.target = [min + random(N + 1), min + random(N + 1)];
    ask.textContent = name(state.target);
  }
  svg.addEventListener("click", (event) => {
    const [x, y] = at(event);
    const p = [Math.round((x - X) / U) + min, Math.round((Y - y) / U) + min];
    if (p.some((v) => v < min || v > max) || x > px(max) + U / 2) return;
    const ok = p[0] === state.target[0] && p[1] === state.target[1];
    state.asked++;
    if (ok) state.right++;
    clear(marks);
    el("circle", { cx: px(p[0]), cy: py(p[1]), r: 22, fill: ok ? C.green : C.red }, marks);
    score.textContent = `答对 ${state.right} / ${state.asked}`;
    hint.textContent = ok ? `对了!${name(p)}` : `你点的是 ${name(p)},再试一次`;
    if (ok) next();
  });
  button(1290, 780, 300, "换一题", next);
  next();
})();
