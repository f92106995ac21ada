"use strict";
/* Turn the minute hand or the hour hand; set the time that is asked for. */
(() => {
  const { C, el, text, drag, button, title, random } = Stage;
  const X = 620, Y = 610, R = 380;
  const state = { minutes: 8 * 60, target: 0, right: 0, asked: 0 };
  const hint = title(CONFIG.title, "拖动指针,拨出要求的时刻");
  el("circle", { cx: X, cy: Y, r: R, fill: "#fff", stroke: C.ink, "stroke-width": 12 });
  const spot = (turn, r) => [X + r * Math.sin(turn * 2 * Math.PI), Y - r * Math.cos(turn * 2 * Math.PI)];
  for (let i = 0; i < 60; i++) {
    const [a, b] = [spot(i / 60, R - 8), spot(i / 60, R - (i % 5 ? 24 : 42))];
    el("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], stroke: C.ink, "stroke-width": i % 5 ? 3 : 7 });
    if (i % 5 === 0) { const p = spot(i / 60, R - 86); text(p[0], p[1], i / 5 || 12, 62, { "font-weight": 700 }); }
  }
  const hour = el("line", { x1: X, y1: Y, stroke: C.red, "stroke-width": 22, "stroke-linecap": "round", id: "hour" });
  const minute = el("line", { x1: X, y1: Y, stroke: C.blue, "stroke-width": 14, "stroke-linecap": "round", id: "minute" });
  el("circle", { cx: X, cy: Y, r: 20, fill: C.ink });
  const ask = text(1440, 330, "", 76, { "font-weight": 700 });
  const now = text(1440, 460, "", 54, { fill: C.grey });
  const score = text(1440, 560, "", 46, { fill: C.grey });

  function hand(node, turn, length) {
    const p = spot(turn, length);
    node.setAttribute("x2", p[0]); node.setAttribute("y2", p[1]);
  }
  const clockText = (m) => `${Math.floor(m / 60) % 12 || 12} 时 ${String(m % 60).padStart(2, "0")} 分`;
  function put(minutes) {
    state.minutes = (minutes + 720) % 720;
    hand(hour, state.minutes / 720, 210);
    hand(minute, (state.minutes % 60) / 60, 300);
    now.textContent = CONFIG.showTime ? `现在是 ${clockText(state.minutes)}` : "";
  }
  const turnAt = (p) => (Math.atan2(p[0] - X, Y - p[1]) / (2 * Math.PI) + 1) % 1;
  drag(minute, {
    move: (p) => {
      const want = Math.round(turnAt(p) * 60 / CONFIG.step) * CONFIG.step % 60;
      let change = want - state.minutes % 60;
      if (change > 30) change -= 60;
      if (change < -30) change += 60;
      put(state.minutes + change);
    },
  });
  drag(hour, { move: (p) => put(Math.round(turnAt(p) * 720 / CONFIG.step) * CONFIG.step) });
  function next() {
    state.target = random(720 / CONFIG.step) * CONFIG.step;
    ask.textContent = `拨出 ${clockText(state.target)}`;
    hint.textContent = "红色短针是时针,蓝色长针是分针";
  }
  function check() {
    state.asked++;
    const ok = state.target === state.minutes;
    if (ok) state.right++;
    score.textContent = `答对 ${state.right} / ${state.asked}`;
    hint.textContent = ok ? "对了!再来一题" : `你拨的是 ${clockText(state.minutes)},再试试`;
  }
  button(1220, 660, 440, "检查", check, true);
  button(1220, 790, 440, "换一题", next);
  put(480); next();
})();
