"use strict";
/* Two bars of the same length: choose the number of parts, colour some, compare. */
(() => {
  const { C, el, text, button, title, clear } = Stage;
  const X = 160, W = 1240, H = 150;
  const bars = [{ parts: CONFIG.first[1], on: CONFIG.first[0], y: 260, fill: C.blue }, { parts: CONFIG.second[1], on: CONFIG.second[0], y: 560, fill: C.brown }];
  title(CONFIG.title, "点一点涂色;按 + − 改变平均分成几份");
  const area = el("g"), verdict = text(960, 960, "", 72, { "font-weight": 700 });

  function fraction(x, y, bar) {
    text(x, y - 38, bar.on, 62, { fill: bar.fill, "font-weight": 700 }, area);
    el("line", { x1: x - 50, x2: x + 50, y1: y, y2: y, stroke: bar.fill, "stroke-width": 6 }, area);
    text(x, y + 42, bar.parts, 62, { fill: bar.fill, "font-weight": 700 }, area);
  }
  function drawBar(bar) {
    for (let i = 0; i < bar.parts; i++) {
      const cell = el("rect", { x: X + W * i / bar.parts, y: bar.y, width: W / bar.parts, height: H, class: "hand",
        fill: i < bar.on ? bar.fill : "#fff", "fill-opacity": i < bar.on ? 0.75 : 1, stroke: C.ink, "stroke-width": 4 }, area);
      cell.addEventListener("click", () => { bar.on = i + 1 === bar.on ? i : i + 1; draw(); });
    }
    fraction(X + W + 110, bar.y + H / 2, bar);
    text(X, bar.y + H + 44, `平均分成 ${bar.parts} 份,涂色 ${bar.on} 份`, 40, { "text-anchor": "start", fill: C.grey }, area);
  }
  function draw() {
    clear(area);
    bars.forEach(drawBar);
    const [a, b] = bars, d = a.on * b.parts - b.on * a.parts;
    const sign = d > 0 ? ">" : d < 0 ? "<" : "=";
    verdict.textContent = `${a.on}/${a.parts}  ${sign}  ${b.on}/${b.parts}`;
  }
  bars.forEach((bar) => {
    const change = (by) => { bar.parts = Math.max(1, Math.min(12, bar.parts + by)); bar.on = Math.min(bar.on, bar.parts); draw(); };
    button(1620, bar.y + 26, 96, "−", () => change(-1));
    button(1736, bar.y + 26, 96, "+", () => change(1));
  });
  draw();
})();
