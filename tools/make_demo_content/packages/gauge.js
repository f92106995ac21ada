"use strict";
/* A thermometer: set a temperature, or read the one that is shown. */
(() => {
  const { C, el, text, drag, button, title, random, shuffle, clear } = Stage;
  const { min, max, small, big } = CONFIG;
  const X = 480, TOP = 300, LOW = 900;
  const state = { value: 20, quiz: false, right: 0, asked: 0 };
  const hint = title(CONFIG.title, "");
  const place = (v) => LOW - (LOW - TOP) * (v - min) / (max - min);
  el("rect", { x: X - 46, y: TOP - 50, width: 92, height: LOW - TOP + 90, rx: 46, fill: "#f7f9fb", stroke: C.ink, "stroke-width": 6 });
  const column = el("rect", { x: X - 16, width: 32, fill: C.red });
  el("circle", { cx: X, cy: LOW + 70, r: 70, fill: C.red, stroke: C.ink, "stroke-width": 6 });
  for (let v = min; v <= max; v += small) {
    const strong = v % big === 0;
    el("line", { x1: X + 52, x2: X + (strong ? 120 : 88), y1: place(v), y2: place(v), stroke: C.ink, "stroke-width": strong ? 5 : 3 });
    if (strong) text(X + 190, place(v), v < 0 ? "−" + -v : v, 44);
  }
  text(X + 190, TOP - 70, "℃", 52);
  const knob = el("path", { fill: C.blue, id: "knob" });
  const reading = text(1300, 320, "", 84, { "font-weight": 700 });
  const feel = text(1300, 440, "", 50, { fill: C.grey });
  const choices = el("g");

  function put(v) {
    state.value = Math.max(min, Math.min(max, Math.round(v / small) * small));
    const y = place(state.value);
    column.setAttribute("y", y); column.setAttribute("height", LOW + 20 - y);
    knob.setAttribute("d", `M${X - 60} ${y}l-70-42v84z`);
    if (state.quiz) return;
    const v0 = state.value;
    reading.textContent = v0 < 0 ? `零下 ${-v0} ℃` : `${v0} ℃`;
    feel.textContent = (CONFIG.notes.find((n) => v0 <= n[0]) || [0, ""])[1];
  }
  drag(knob, { move: (p) => { if (!state.quiz) put(min + (max - min) * (LOW - p[1]) / (LOW - TOP)); } });
  function ask() {
    state.quiz = true;
    put(min + random((max - min) / small + 1) * small);
    reading.textContent = "温度是多少?";
    feel.textContent = `答对 ${state.right} / ${state.asked}`;
    hint.textContent = "视线与液面相平,先看零上还是零下";
    clear(choices);
    const near = [0, small, -small, big].map((d) => state.value + d);
    shuffle(near).forEach((v, i) => option(v, 1000 + (i % 2) * 320, 540 + Math.floor(i / 2) * 140));
  }
  function option(v, x, y) {
    const { g, label } = button(x, y, 280, `${v < 0 ? "−" + -v : v} ℃`, () => {
      state.asked++;
      if (v === state.value) { state.right++; ask(); hint.textContent = "对了,下一题"; }
      else { label.setAttribute("fill", C.red); feel.textContent = "再看一看小格表示几度"; }
    });
    choices.append(g);
  }
  function free() { state.quiz = false; clear(choices); hint.textContent = "拖动蓝色三角,改变温度"; put(state.value); }
  button(1000, 900, 280, "读数练习", ask, true);
  button(1320, 900, 280, "自由拨动", free);
  free(); put(20);
})();
