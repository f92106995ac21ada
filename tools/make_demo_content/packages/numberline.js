"use strict";
/* Drag the point to the place that is asked for on a number line. */
(() => {
  const { C, el, text, drag, button, title, clear, random } = Stage;
  const { min, max, step, unit } = CONFIG;
  const L = 160, R = 1760, Y = 560;
  const state = { value: 0, target: 0, right: 0, asked: 0 };
  const hint = title(CONFIG.title, "把红点拖到要求的位置,再按“检查”");
  const scale = el("g"), marks = el("g");
  const place = (v) => L + (R - L) * (v - min) / (max - min);
  const digits = step < 1 ? 1 : 0;
  const show = (v) => (v < 0 ? "−" : "") + Math.abs(v).toFixed(digits);

  el("path", { d: `M${L - 60} ${Y}H${R + 70}m-28-20l28 20-28 20`, fill: "none", stroke: C.ink, "stroke-width": 6 }, scale);
  for (let i = 0; i <= Math.round((max - min) / step); i++) {
    const v = min + i * step, big = Math.abs(v / unit - Math.round(v / unit)) < 1e-6;
    el("line", { x1: place(v), x2: place(v), y1: Y - (big ? 34 : 18), y2: Y, stroke: C.ink, "stroke-width": big ? 5 : 3 }, scale);
    if (big) text(place(v), Y + 56, show(v), 44, {}, scale);
  }
  const ask = text(960, 270, "", 76, { "font-weight": 700 });
  const score = text(960, 760, "", 46, { fill: C.grey });
  const knob = el("circle", { cy: Y, r: 32, fill: C.red, stroke: "#fff", "stroke-width": 6, id: "knob" });
  drag(knob, { move: (p) => put(min + (max - min) * (p[0] - L) / (R - L)) });

  function put(v) {
    state.value = Math.max(min, Math.min(max, Math.round(v / step) * step));
    knob.setAttribute("cx", place(state.value));
    clear(marks);
  }
  function next() {
    state.target = min + random(Math.round((max - min) / step) + 1) * step;
    ask.textContent = `请表示 ${show(state.target)}`;
    put(min < 0 ? 0 : min);
  }
  function check() {
    const ok = Math.abs(state.value - state.target) < step / 2;
    state.asked++;
    if (ok) state.right++;
    clear(marks);
    text(place(state.value), Y - 110, ok ? "对了 ✓" : `你放在 ${show(state.value)}`, 50, { fill: ok ? C.green : C.red, "font-weight": 700 }, marks);
    score.textContent = `答对 ${state.right} / ${state.asked}`;
    hint.textContent = ok ? "很好,换一题吧" : state.value < state.target ? "再往右一些" : "再往左一些";
  }
  button(620, 880, 300, "检查", check, true);
  button(1000, 880, 300, "换一题", next);
  next();
})();
