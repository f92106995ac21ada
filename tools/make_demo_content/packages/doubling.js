"use strict";
/* Two equal triangles or trapezia make a parallelogram: half of base × height. */
(() => {
  const { C, el, text, points, drag, button, title, clear } = Stage;
  const U = 80, X = 160, Y = 800;
  const { bottom, top, height, slant } = CONFIG;
  const isTriangle = top === 0;
  const name = isTriangle ? "三角形" : "梯形";
  const state = { turn: 0 };
  const hint = title(CONFIG.title, "拖动滑块,让另一个完全一样的图形转过来");
  for (let i = 0; i <= 15; i++) el("line", { x1: 80 + i * U, y1: 240, x2: 80 + i * U, y2: 880, stroke: C.line, "stroke-width": 2 });
  for (let j = 0; j <= 8; j++) el("line", { x1: 80, y1: 240 + j * U, x2: 1280, y2: 240 + j * U, stroke: C.line, "stroke-width": 2 });
  const shape = el("g"), words = el("g");
  const corners = [[X, Y], [X + bottom * U, Y], [X + (slant + top) * U, Y - height * U], [X + slant * U, Y - height * U]];
  const pivot = [(corners[1][0] + corners[2][0]) / 2, (corners[1][1] + corners[2][1]) / 2];

  function draw() {
    clear(shape); clear(words);
    el("polygon", { points: points(corners), fill: C.sand, "fill-opacity": 0.85, stroke: C.brown, "stroke-width": 6,
      transform: `rotate(${state.turn * 180} ${pivot[0]} ${pivot[1]})`, "stroke-linejoin": "round" }, shape);
    el("polygon", { points: points(corners), fill: C.pale, stroke: C.blue, "stroke-width": 6, "stroke-linejoin": "round" }, shape);
    el("circle", { cx: pivot[0], cy: pivot[1], r: 12, fill: C.ink }, shape);
    const hx = X + slant * U;
    el("line", { x1: hx, y1: Y, x2: hx, y2: Y - height * U, stroke: C.red, "stroke-width": 6 }, shape);
    text(hx + 20, Y - height * U / 2, `高 ${height}`, 46, { fill: C.red, "font-weight": 700, "text-anchor": "start" }, shape);
    text(X + bottom * U / 2, Y + 42, `${isTriangle ? "底" : "下底"} ${bottom}`, 46, { "font-weight": 700 }, shape);
    if (!isTriangle) text(X + (slant + top / 2) * U, Y - height * U - 38, `上底 ${top}`, 46, { "font-weight": 700 }, shape);
    sayings();
  }
  function sayings() {
    const left = { "text-anchor": "start" }, ready = state.turn > 0.99;
    const sum = isTriangle ? `${bottom}` : `(${top} + ${bottom})`;
    text(1340, 320, "两个一样的" + name, 50, left, words);
    text(1340, 390, ready ? "拼成一个平行四边形" : "……", 50, { ...left, fill: C.deep, "font-weight": 700 }, words);
    if (!ready) return;
    text(1340, 500, `拼成的底 ${bottom + top},高 ${height}`, 46, left, words);
    text(1340, 590, `${name}的面积是它的一半`, 46, left, words);
    text(1340, 690, `${sum} × ${height} ÷ 2`, 64, { ...left, "font-weight": 700 }, words);
    text(1340, 780, `= ${(bottom + top) * height / 2}`, 72, { ...left, "font-weight": 700, fill: C.green }, words);
    hint.textContent = isTriangle ? "三角形的面积 = 底 × 高 ÷ 2" : "梯形的面积 = (上底 + 下底) × 高 ÷ 2";
  }
  el("rect", { x: 200, y: 975, width: 900, height: 20, rx: 10, fill: C.line });
  const knob = el("circle", { cx: 200, cy: 985, r: 38, fill: C.blue, id: "knob" });
  drag(knob, { move: (p) => to((p[0] - 200) / 900) });
  function to(turn) {
    state.turn = Math.max(0, Math.min(1, turn));
    if (state.turn > 0.96) state.turn = 1;
    knob.setAttribute("cx", 200 + 900 * state.turn);
    draw();
  }
  button(1340, 930, 200, "重来", () => to(0));
  button(1570, 930, 200, "拼好", () => Stage.glide(1200, to), true);
  draw();
})();
