"use strict";
/* Cut a triangle off a parallelogram and move it: the shape becomes a rectangle of the same area. */
(() => {
  const { C, el, set, text, points, drag, button, title, clear, glide, svg } = Stage;
  const U = 80, X0 = 200, Y1 = 800, COLS = 13, ROWS = 7;
  const state = { base: CONFIG.base, height: CONFIG.height, slant: CONFIG.slant, cut: false, move: 0 };
  const hint = title(CONFIG.title, "");
  const grid = el("g"), shape = el("g"), words = el("g");

  for (let i = 0; i <= COLS; i++) el("line", { x1: 120 + i * U, y1: Y1 - (ROWS - 1) * U, x2: 120 + i * U, y2: Y1 + U, stroke: C.line, "stroke-width": 2 }, grid);
  for (let j = 0; j <= ROWS; j++) el("line", { x1: 120, y1: Y1 + U - j * U, x2: 120 + COLS * U, y2: Y1 + U - j * U, stroke: C.line, "stroke-width": 2 }, grid);

  function corner() { return { x: X0, y: Y1, b: state.base * U, h: state.height * U, s: state.slant * U }; }

  function drawWhole(k) {
    el("polygon", { points: points([[k.x, k.y], [k.x + k.b, k.y], [k.x + k.b + k.s, k.y - k.h], [k.x + k.s, k.y - k.h]]),
      fill: C.pale, stroke: C.blue, "stroke-width": 6, "stroke-linejoin": "round" }, shape);
  }
  function drawCut(k) {
    el("polygon", { points: points([[k.x, k.y], [k.x + k.s, k.y], [k.x + k.s, k.y - k.h]]), fill: "none",
      stroke: C.brown, "stroke-width": 3, "stroke-dasharray": "14 12" }, shape);
    el("polygon", { points: points([[k.x + k.s, k.y], [k.x + k.b, k.y], [k.x + k.b + k.s, k.y - k.h], [k.x + k.s, k.y - k.h]]),
      fill: C.pale, stroke: C.blue, "stroke-width": 6, "stroke-linejoin": "round" }, shape);
    const piece = el("polygon", { points: points([[k.x, k.y], [k.x + k.s, k.y], [k.x + k.s, k.y - k.h]]),
      fill: C.sand, "fill-opacity": 0.85, stroke: C.brown, "stroke-width": 6, "stroke-linejoin": "round", id: "piece" }, shape);
    const place = () => piece.setAttribute("transform", `translate(${state.move} 0)`);
    place();
    let begin = 0;
    drag(piece, {
      start: () => { begin = state.move; },
      move: (_, d) => { state.move = Math.max(0, Math.min(k.b, begin + d[0])); place(); label(); },
      end: () => {
        if (Math.abs(state.move - k.b) < U * 0.7) state.move = k.b;
        if (state.move < U * 0.5) state.move = 0;
        place(); label();
      },
    });
  }
  function drawHeight(k) {
    const x = k.x + k.s;
    el("line", { x1: x, y1: k.y, x2: x, y2: k.y - k.h, stroke: C.red, "stroke-width": 7, "pointer-events": "none" }, shape);
    el("path", { d: `M${x} ${k.y - 34}h34v34`, fill: "none", stroke: C.red, "stroke-width": 4 }, shape);
    text(x + 76, k.y - k.h / 2, `高 ${state.height}`, 54, { fill: C.red, "font-weight": 700, "text-anchor": "middle" }, shape);
    const from = k.x + (done() ? k.s : 0);
    el("path", { d: `M${from} ${k.y + 24}v36m0-18h${k.b}m0-18v36`, fill: "none", stroke: C.ink, "stroke-width": 4 }, shape);
    el("rect", { x: from + k.b / 2 - 76, y: k.y + 12, width: 152, height: 62, fill: "#fff" }, shape);
    text(from + k.b / 2, k.y + 44, `${done() ? "长" : "底"} ${state.base}`, 54, { "font-weight": 700 }, shape);
  }
  function drawHandle(k) {
    if (state.cut) return;
    const knob = el("circle", { cx: k.x + k.s, cy: k.y - k.h, r: 30, fill: C.blue, stroke: "#fff", "stroke-width": 6, id: "knob" }, shape);
    let begin = state.slant;
    drag(knob, {
      start: () => { begin = state.slant; },
      move: (_, d) => {
        state.slant = Math.max(1, Math.min(4, Math.min(COLS - 2 - state.base, Math.round(begin + d[0] / U))));
        const fresh = corner();
        knob.setAttribute("cx", fresh.x + fresh.s);
        shape.querySelectorAll("polygon")[0].setAttribute("points", points([[fresh.x, fresh.y], [fresh.x + fresh.b, fresh.y],
          [fresh.x + fresh.b + fresh.s, fresh.y - fresh.h], [fresh.x + fresh.s, fresh.y - fresh.h]]));
        label();
      },
      end: draw,
    });
  }
  function done() { return state.cut && state.move === state.base * U; }

  function label() {
    clear(words);
    const area = state.base * state.height;
    const left = { "text-anchor": "start" };
    text(1250, 300, "长方形的面积 = 长 × 宽", 50, { ...left, fill: done() ? C.ink : C.grey }, words);
    text(1250, 390, "平行四边形 = 底 × 高", 56, { ...left, fill: done() ? C.deep : "#aab4c0", "font-weight": 700 }, words);
    text(1250, 510, done() ? `${state.base} × ${state.height} = ${area}` : `${state.base} × ${state.height} = ?`, 88, { ...left, "font-weight": 700 }, words);
    if (done()) text(1250, 610, `面积 ${area} 平方厘米`, 50, { ...left, fill: C.green }, words);
    hint.textContent = !state.cut ? "拖蓝点改变倾斜;按“沿高剪开”"
      : done() ? "拼成长方形了:面积没有变" : "把三角形拖到右边";
  }
  function draw() {
    clear(shape);
    const k = corner();
    if (state.cut) drawCut(k); else drawWhole(k);
    drawHeight(k);
    drawHandle(k);
    label();
  }
  function change(key, by, low, high) {
    state[key] = Math.max(low, Math.min(high, state[key] + by));
    state.slant = Math.max(1, Math.min(state.slant, COLS - 2 - state.base));
    reset();
  }
  function reset() { state.cut = false; state.move = 0; draw(); }
  function cut() {
    if (!state.cut) { state.cut = true; draw(); return; }
    const from = state.move, to = state.base * U;
    glide(900, (t) => { state.move = from + (to - from) * t; if (t === 1) state.move = to; draw(); });
  }
  const row = (y, name, key, low, high) => {
    text(1300, y + 50, name, 48);
    button(1360, y, 96, "−", () => change(key, -1, low, high));
    button(1476, y, 96, "+", () => change(key, 1, low, high));
  };
  row(690, "底", "base", 3, 9);
  row(806, "高", "height", 2, 6);
  button(120, 950, 330, "沿高剪开 / 平移", cut, true);
  button(480, 950, 220, "重来", reset);
  text(1000, 998, "1 格表示 1 平方厘米", 38, { fill: C.grey });
  svg.append(words);
  draw();
})();
