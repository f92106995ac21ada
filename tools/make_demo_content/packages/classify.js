"use strict";
/* Drag each card into the bin where it belongs. */
(() => {
  const { C, el, set, text, drag, button, title, clear, shuffle } = Stage;
  const hues = [C.blue, C.green, C.red, C.brown];
  const bins = CONFIG.bins, n = bins.length, gap = 40, wide = (1760 - gap * (n - 1)) / n;
  const hint = title(CONFIG.title, CONFIG.hint);
  const area = el("g");
  let right = 0, tries = 0;

  function drawBins() {
    bins.forEach((bin, i) => {
      const x = 80 + i * (wide + gap);
      el("rect", { x, y: 640, width: wide, height: 400, rx: 18, fill: "#f7f9fb", stroke: hues[i], "stroke-width": 6 }, area);
      text(x + wide / 2, 690, bin.name, 50, { fill: hues[i], "font-weight": 700 }, area);
    });
  }
  function settle(card, index) {
    const k = bins[index].filled++;
    const columns = wide > 500 ? 2 : 1, w = columns === 2 ? wide / 2 - 24 : wide - 40;
    const x = 80 + index * (wide + gap) + 20 + (k % columns) * (w + 8), y = 730 + Math.floor(k / columns) * 74;
    card.replaceChildren();
    card.removeAttribute("transform");
    card.setAttribute("pointer-events", "none");
    text(x + w / 2, y + 32, card.dataset.word, 40, { fill: hues[index] }, card);
  }
  function drop(card, word, home, p) {
    const index = bins.findIndex((_, i) => p[0] > 80 + i * (wide + gap) && p[0] < 80 + i * (wide + gap) + wide);
    if (p[1] < 600 || index < 0) { card.setAttribute("transform", home); return; }
    tries++;
    if (bins[index].items.includes(word)) {
      right++;
      settle(card, index);
      hint.textContent = right === total() ? `全部分好了!一共试了 ${tries} 次` : `对了!还剩 ${total() - right} 个`;
    } else {
      card.setAttribute("transform", home);
      hint.textContent = `“${word}”不属于“${bins[index].name}”,再想一想`;
    }
  }
  function total() { return bins.reduce((sum, bin) => sum + bin.items.length, 0); }

  function makeCard(word, i) {
    const columns = 6, x = 80 + (i % columns) * 296, y = 220 + Math.floor(i / columns) * 130;
    const home = `translate(${x} ${y})`;
    const card = el("g", { transform: home, "data-word": word, class: "card" }, area);
    el("rect", { width: 276, height: 106, rx: 14, fill: "#fff", stroke: "#8a97a6", "stroke-width": 4 }, card);
    text(138, 54, word, word.length > 6 ? 36 : 46, {}, card);
    drag(card, {
      start: () => area.append(card),
      move: (_, d) => card.setAttribute("transform", `translate(${x + d[0]} ${y + d[1]})`),
      end: (p) => drop(card, word, home, p),
    });
  }
  function start() {
    clear(area);
    right = tries = 0;
    bins.forEach((bin) => { bin.filled = 0; });
    hint.textContent = CONFIG.hint;
    drawBins();
    shuffle(bins.flatMap((bin) => bin.items)).forEach(makeCard);
  }
  button(1680, 40, 180, "重来", start);
  start();
})();
