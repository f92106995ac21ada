"use strict";
/* Put the missing words back into a poem. */
(() => {
  const { C, el, text, button, title, clear, shuffle } = Stage;
  const hint = title(CONFIG.title, "先点空格,再点下面的字词");
  const area = el("g");
  let blanks = [], active = 0, left = [];
  function parse() {
    blanks = []; active = 0;
    CONFIG.lines.forEach((line) => { for (const m of line.matchAll(/\[(.+?)\]/g)) blanks.push({ word: m[1], got: "" }); });
    left = shuffle(blanks.map((b) => b.word).concat(CONFIG.extra));
  }
  function slot(x, y, size, index) {
    const b = blanks[index], w = size * b.word.length + 24;
    const g = el("g", { class: "hand" }, area);
    const wrong = b.got && b.got !== b.word;
    el("rect", { x: x + 4, y: y - size * 0.62, width: w - 8, height: size * 1.24, rx: 10, fill: index === active ? "#fff3d6" : "#f7f9fb",
      stroke: wrong ? C.red : index === active ? C.brown : "#8a97a6", "stroke-width": 4 }, g);
    text(x + w / 2, y, b.got, size, { fill: wrong ? C.red : C.green }, g);
    g.addEventListener("click", () => { active = index; draw(); });
    return w;
  }
  function drawLines() {
    const size = CONFIG.lines.length > 6 ? 50 : 58, pitch = 560 / CONFIG.lines.length;
    let index = 0;
    CONFIG.lines.forEach((line, row) => {
      const parts = line.split(/(\[.+?\])/).filter(Boolean);
      const width = parts.reduce((s, p) => s + (p[0] === "[" ? size * (p.length - 2) + 24 : size * p.length), 0);
      let x = 960 - width / 2;
      const y = 240 + pitch * (row + 0.5);
      parts.forEach((p) => {
        if (p[0] === "[") { x += slot(x, y, size, index++); return; }
        text(x, y, p, size, { "text-anchor": "start" }, area);
        x += size * p.length;
      });
    });
  }
  function drawWords() {
    const w = Math.min(260, 1760 / Math.max(1, left.length)), x = 960 - w * left.length / 2;
    left.forEach((word, i) => {
      const { g } = button(x + i * w + 8, 850, w - 16, word, () => fill(i));
      area.append(g);
    });
  }
  function fill(i) {
    if (!blanks[active]) return;
    if (blanks[active].got) left.push(blanks[active].got);
    blanks[active].got = left.splice(i, 1)[0];
    const free = blanks.findIndex((b) => !b.got);
    active = free < 0 ? -1 : free;
    const bad = blanks.filter((b) => b.got && b.got !== b.word).length;
    hint.textContent = free < 0 && !bad ? "全对了!请有感情地朗读一遍" : bad ? `有 ${bad} 处不对,点红色的格子重选` : "好,继续";
    draw();
  }
  function draw() { clear(area); drawLines(); drawWords(); }
  button(1660, 40, 200, "重来", () => { parse(); draw(); });
  text(960, 1020, CONFIG.note, 32, { fill: C.grey });
  parse(); draw();
})();
