"use strict";
/* A hinged frame: dragging the top side keeps the perimeter and changes the area. */
(() => {
  const { C, el, text, points, drag, button, title, clear, glide } = Stage;
  const U = 60, A = CONFIG.long, B = CONFIG.short, X = 170, Y = 860;
  const state = { angle: 90, trail: [] };
  title(CONFIG.title, "拖动上边的圆点,把长方形拉成平行四边形");
  el("line", { x1: 120, y1: Y, x2: 1200, y2: Y, stroke: C.line, "stroke-width": 4 });
  const ghost = el("polygon", { fill: "none", stroke: "#aab4c0", "stroke-width": 3, "stroke-dasharray": "12 12",
    points: points([[X, Y], [X + A * U, Y], [X + A * U, Y - B * U], [X, Y - B * U]]) });
  const shape = el("g"), words = el("g");
  const knob = el("circle", { r: 34, fill: C.blue, stroke: "#fff", "stroke-width": 6, id: "knob" });
  ghost.setAttribute("pointer-events", "none");

  function top() {
    const r = state.angle * Math.PI / 180;
    return [X + B * U * Math.cos(r), Y - B * U * Math.sin(r)];
  }
  function draw() {
    clear(shape); clear(words);
    const [tx, ty] = top();
    const height = B * Math.sin(state.angle * Math.PI / 180);
    el("polygon", { points: points([[X, Y], [X + A * U, Y], [tx + A * U, ty], [tx, ty]]), fill: C.pale,
      stroke: C.brown, "stroke-width": 16, "stroke-linejoin": "round" }, shape);
    for (const p of [[X, Y], [X + A * U, Y], [tx + A * U, ty], [tx, ty]]) el("circle", { cx: p[0], cy: p[1], r: 14, fill: C.ink }, shape);
    el("line", { x1: tx, y1: ty, x2: tx, y2: Y, stroke: C.red, "stroke-width": 6, "stroke-dasharray": "16 10" }, shape);
    text(tx + 20, (ty + Y) / 2, `高 ${height.toFixed(1)}`, 48, { fill: C.red, "text-anchor": "start", "font-weight": 700 }, shape);
    text(X + A * U / 2, Y + 50, `底 ${A}`, 48, { "font-weight": 700 }, shape);
    knob.setAttribute("cx", tx + A * U / 2);
    knob.setAttribute("cy", ty);
    bars(height);
  }
  function bars(height) {
    const left = { "text-anchor": "start" };
    text(1270, 280, `周长 (${A} + ${B}) × 2 = ${2 * (A + B)} 厘米`, 46, left, words);
    el("rect", { x: 1270, y: 320, width: 520, height: 56, fill: C.green, rx: 8 }, words);
    text(1290, 349, "不变", 36, { ...left, fill: "#fff" }, words);
    text(1270, 470, `面积 ${A} × ${height.toFixed(1)} = ${(A * height).toFixed(1)} 平方厘米`, 42, left, words);
    el("rect", { x: 1270, y: 510, width: 520, height: 56, fill: "none", stroke: C.line, "stroke-width": 4, rx: 8 }, words);
    el("rect", { x: 1270, y: 510, width: 520 * height / B, height: 56, fill: C.blue, rx: 8 }, words);
    text(1290, 539, state.angle === 90 ? "最大" : "变小", 36, { ...left, fill: height / B > 0.25 ? "#fff" : C.ink }, words);
    text(1270, 660, "想一想", 46, { ...left, "font-weight": 700 }, words);
    text(1270, 725, "周长相等,面积一定相等吗?", 44, left, words);
    text(1270, 790, "面积能用“邻边相乘”吗?", 44, left, words);
  }
  drag(knob, {
    move: (p) => {
      const dx = p[0] - A * U / 2 - X, dy = Y - p[1];
      const degrees = Math.atan2(Math.max(dy, 10), dx) * 180 / Math.PI;
      state.angle = Math.max(15, Math.min(90, Math.round(degrees)));
      if (state.angle > 87) state.angle = 90;
      draw();
    },
  });
  button(1270, 900, 250, "慢慢拉斜", () => {
    const from = state.angle;
    glide(3000, (t) => { state.angle = from + (25 - from) * t; draw(); });
  }, true);
  button(1550, 900, 240, "回到直角", () => { state.angle = 90; draw(); });
  draw();
})();
