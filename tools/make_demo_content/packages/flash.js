"use strict";
/* Flash cards: tap to turn, arrows to move on. */
(() => {
  const { C, el, text, button, title, clear, shuffle } = Stage;
  let cards = CONFIG.cards, index = 0, turned = false;
  title(CONFIG.title, "点卡片翻面,左右键换卡");
  const face = el("g", { class: "hand", id: "face" });
  const count = text(960, 1010, "", 40, { fill: C.grey });
  function draw() {
    clear(face);
    const [front, back, note] = cards[index];
    el("rect", { x: 460, y: 220, width: 1000, height: 620, rx: 30, fill: turned ? C.mint : C.pale, stroke: turned ? C.green : C.blue, "stroke-width": 8 }, face);
    const words = turned ? back : front;
    text(960, turned && note ? 470 : 530, words, words.length > 8 ? 110 : words.length > 3 ? 180 : 300, { "font-weight": 700 }, face);
    if (turned && note) text(960, 690, note, 60, { fill: C.grey }, face);
    count.textContent = `${index + 1} / ${cards.length}`;
  }
  function go(by) { index = (index + by + cards.length) % cards.length; turned = false; draw(); }
  function turn() { turned = !turned; draw(); }
  face.addEventListener("click", turn);
  document.addEventListener("keydown", (e) => {
    if (e.key === "ArrowRight") go(1);
    if (e.key === "ArrowLeft") go(-1);
    if (e.key === "ArrowUp" || e.key === "ArrowDown") turn();
  });
  button(140, 480, 240, "上一张", () => go(-1));
  button(1540, 480, 240, "下一张", () => go(1), true);
  button(1540, 610, 240, "打乱", () => { cards = shuffle(cards); go(0); });
  draw();
})();
