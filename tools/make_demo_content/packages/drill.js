"use strict";
/* Ten sums with a number pad; wrong ones come back at the end. */
(() => {
  const { C, el, text, button, title, clear, random } = Stage;
  const hint = title(CONFIG.title, "一共 10 题,算错的会再问一次");
  const sum = text(560, 380, "", 130, { "font-weight": 700 });
  const answer = text(560, 580, "", 110, { fill: C.deep, "font-weight": 700 });
  el("line", { x1: 300, x2: 820, y1: 660, y2: 660, stroke: C.ink, "stroke-width": 5 });
  const score = text(560, 790, "", 50, { fill: C.grey });
  let queue = [], typed = "", right = 0, wrong = 0;
  const tidy = (v) => String(Math.round(v * 1000) / 1000);
  const show = (v) => tidy(v).replace("-", "−");
  const makers = {
    times: () => { const a = 2 + random(8), b = 2 + random(8); return [`${a} × ${b}`, a * b]; },
    decimal: () => { const a = (2 + random(38)) / 10, b = 2 + random(8); return [`${tidy(a)} × ${b}`, a * b]; },
    signed: () => {
      const a = random(21) - 10, b = random(21) - 10, plus = random(2);
      return [`${show(a)} ${plus ? "+" : "−"} ${b < 0 ? `(${show(b)})` : b}`, plus ? a + b : a - b];
    },
  };
  function draw() {
    if (!queue.length) {
      sum.textContent = "完成!"; answer.textContent = "";
      hint.textContent = wrong ? "错过的题已经改正" : "全部一次做对";
    } else {
      sum.textContent = queue[0][0] + " ="; answer.textContent = typed.replace("-", "−") || "?";
    }
    score.textContent = `做对 ${right} 题,出错 ${wrong} 次`;
  }
  function start() {
    queue = Array.from({ length: 10 }, makers[CONFIG.kind]);
    typed = ""; right = wrong = 0; draw();
  }
  function enter() {
    if (!queue.length || typed === "") return;
    const task = queue.shift();
    if (Math.abs(Number(typed) - task[1]) < 1e-6) { right++; hint.textContent = "对了"; }
    else { wrong++; queue.push(task); hint.textContent = `${task[0]} = ${show(task[1])},记住它`; }
    typed = ""; draw();
  }
  function press(key) {
    if (key === "←") typed = typed.slice(0, -1);
    else if (key === "±") typed = typed.startsWith("-") ? typed.slice(1) : "-" + typed;
    else if (key === "=") { enter(); return; }
    else if (typed.length < 7) typed += key;
    draw();
  }
  const pad = ["7", "8", "9", "4", "5", "6", "1", "2", "3", CONFIG.kind === "signed" ? "±" : ".", "0", "←"];
  pad.forEach((key, i) => button(1120 + (i % 3) * 200, 240 + Math.floor(i / 3) * 130, 170, key, () => press(key)));
  button(1120, 770, 570, "确定", enter, true);
  button(1120, 900, 570, "重新开始", start);
  document.addEventListener("keydown", (e) => {
    if (/^[0-9.]$/.test(e.key)) press(e.key);
    if (e.key === "-") press("±");
    if (e.key === "Enter") enter();
    if (e.key === "Backspace") press("←");
  });
  start();
})();
