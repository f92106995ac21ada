"use strict";
/* Stroke order: play the strokes one by one, then write over them with a finger. */
(() => {
  const { C, el, text, drag, button, title, clear, glide } = Stage;
  const X = 180, Y = 230, W = 760, K = W / 100;
  const chars = CONFIG.characters;
  let which = 0, count = 0;
  const hint = title(CONFIG.title, "按“下一笔”看笔顺,再在格子里描一描");
  const grid = el("g"), ink = el("g"), side = el("g");
  el("rect", { x: X, y: Y, width: W, height: W, fill: "#fffdf7", stroke: C.red, "stroke-width": 5 }, grid);
  el("path", { d: `M${X} ${Y + W / 2}h${W}M${X + W / 2} ${Y}v${W}M${X} ${Y}l${W} ${W}M${X + W} ${Y}l${-W} ${W}`, stroke: "#e8a9a4", "stroke-width": 2, "stroke-dasharray": "12 10", fill: "none" }, grid);
  const pen = el("g"), pad = el("rect", { x: X, y: Y, width: W, height: W, fill: "transparent" });
  let trace = null;
  drag(pad, {
    start: (p) => { trace = el("path", { d: `M${p[0]} ${p[1]}`, fill: "none", stroke: C.blue, "stroke-width": 26, "stroke-linecap": "round", "stroke-linejoin": "round", "stroke-opacity": 0.6 }, pen); },
    move: (p) => trace.setAttribute("d", trace.getAttribute("d") + `L${p[0].toFixed(0)} ${p[1].toFixed(0)}`),
  });
  function stroke(path, colour, group) {
    return el("path", { d: path, transform: `translate(${X} ${Y}) scale(${K})`, fill: "none", stroke: colour,
      "stroke-width": 7, "stroke-linecap": "round", "stroke-linejoin": "round" }, group);
  }
  function draw() {
    const item = chars[which];
    clear(ink); clear(side);
    item.strokes.forEach((s, i) => { if (i >= count) stroke(s[1], "#eceff3", ink); });
    item.strokes.forEach((s, i) => { if (i < count) stroke(s[1], i === count - 1 ? C.red : C.ink, ink); });
    text(1130, 320, item.word, 170, { "font-weight": 700 }, side);
    text(1260, 280, item.pinyin, 64, { "text-anchor": "start" }, side);
    text(1260, 370, `共 ${item.strokes.length} 画`, 48, { "text-anchor": "start", fill: C.grey }, side);
    item.strokes.forEach((s, i) => text(1060 + (i % 3) * 270, 520 + Math.floor(i / 3) * 76, `${i + 1} ${s[0]}`, 46,
      { "text-anchor": "start", fill: i < count ? C.red : "#8a97a6" }, side));
  }
  function next() {
    const item = chars[which];
    if (count >= item.strokes.length) count = 0;
    count++;
    draw();
    const path = ink.lastChild, length = path.getTotalLength();
    hint.textContent = `第 ${count} 笔:${item.strokes[count - 1][0]}`;
    path.setAttribute("stroke-dasharray", length);
    glide(700, (t) => path.setAttribute("stroke-dashoffset", length * (1 - t)));
  }
  button(1060, 790, 340, "下一笔", next, true);
  button(1440, 790, 340, "擦掉描红", () => clear(pen));
  button(1060, 910, 340, "重来", () => { count = 0; clear(pen); draw(); });
  button(1440, 910, 340, "换一个字", () => { which = (which + 1) % chars.length; count = 0; clear(pen); draw(); });
  draw();
})();
