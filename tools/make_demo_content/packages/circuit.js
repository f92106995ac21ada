"use strict";
/* Switches and lamps in series or in parallel; tap a switch to open or close it. */
(() => {
  const { C, el, text, button, title, clear } = Stage;
  const state = { parallel: CONFIG.parallel, closed: [false, false, false] };
  const hint = title(CONFIG.title, "");
  const area = el("g");
  const wire = (d, on) => el("path", { d, fill: "none", stroke: on ? C.brown : C.ink, "stroke-width": on ? 12 : 8, "stroke-linejoin": "round" }, area);

  function lamp(x, y, on, name) {
    if (on) el("circle", { cx: x, cy: y, r: 96, fill: "#ffd84d", "fill-opacity": 0.45 }, area);
    el("circle", { cx: x, cy: y, r: 56, fill: on ? "#ffe680" : "#fff", stroke: C.ink, "stroke-width": 7 }, area);
    el("path", { d: `M${x - 38} ${y - 38}l76 76m0-76l-76 76`, stroke: C.ink, "stroke-width": 6 }, area);
    text(x, y + 120, name, 42, {}, area);
  }
  function turn(x, y, index, name) {
    const g = el("g", { class: "hand", "data-switch": index }, area), shut = state.closed[index];
    el("rect", { x: x - 90, y: y - 100, width: 180, height: 170, fill: "#fff" }, g);
    el("path", { d: `M${x - 90} ${y}h30m120 0h30`, stroke: C.ink, "stroke-width": 8 }, g);
    el("line", { x1: x - 60, y1: y, x2: shut ? x + 60 : x + 40, y2: shut ? y : y - 70, stroke: shut ? C.green : C.red, "stroke-width": 14, "stroke-linecap": "round" }, g);
    el("circle", { cx: x - 60, cy: y, r: 13, fill: C.ink }, g);
    el("circle", { cx: x + 60, cy: y, r: 13, fill: C.ink }, g);
    text(x, y + 52, `${name} ${shut ? "闭合" : "断开"}`, 38, {}, g);
    g.addEventListener("click", () => { state.closed[index] = !shut; draw(); });
  }
  function battery(on) {
    wire("M300 900H820M1100 900H1620", on);
    el("path", { d: "M820 840v120M1100 840v120", stroke: C.ink, "stroke-width": 8 }, area);
    el("rect", { x: 820, y: 850, width: 280, height: 100, fill: C.mint, stroke: C.green, "stroke-width": 6 }, area);
    text(960, 902, "电池 3 V", 44, {}, area);
  }
  function drawSeries() {
    const on = state.closed[0] && state.closed[1];
    wire("M300 900V420H1620V900", on);
    battery(on);
    turn(480, 420, 0, "S1"); turn(1440, 420, 1, "S2");
    lamp(800, 420, on, "L1"); lamp(1120, 420, on, "L2");
    hint.textContent = on ? "电流只有一条路:两灯都亮" : "串联:一处断开,全部熄灭";
  }
  function drawParallel() {
    const main = state.closed[2], a = main && state.closed[0], b = main && state.closed[1];
    wire("M300 900V620M1620 900V620", a || b);
    wire("M300 620V340H1620V620", a); wire("M300 620H1620", b);
    battery(a || b);
    turn(640, 340, 0, "S1"); turn(640, 620, 1, "S2"); turn(480, 900, 2, "S");
    lamp(1200, 340, a, "L1"); lamp(1200, 620, b, "L2");
    hint.textContent = main ? "并联:各支路互不影响" : "干路开关 S 断开,两灯都不亮";
  }
  function draw() { clear(area); if (state.parallel) drawParallel(); else drawSeries(); }
  button(60, 40, 240, "串联", () => { state.parallel = false; draw(); });
  button(1620, 40, 240, "并联", () => { state.parallel = true; draw(); });
  draw();
})();
