"use strict";
/* Pages of 1920×1080: arrow keys, space, swipe or the two buttons; answers show one step at a time. */
(() => {
  const main = document.querySelector("main"), pages = [...main.querySelectorAll("section")];
  const nav = document.createElement("nav"), number = document.createElement("span");
  let index = Math.max(0, Math.min(pages.length - 1, (Number(location.hash.slice(1)) || 1) - 1));
  function fit() {
    const k = Math.min(innerWidth / 1920, innerHeight / 1080);
    main.style.transform = `translate(${(innerWidth - 1920 * k) / 2}px, ${(innerHeight - 1080 * k) / 2}px) scale(${k})`;
  }
  function show() {
    pages.forEach((page, i) => page.classList.toggle("on", i === index));
    number.textContent = `${index + 1} / ${pages.length}`;
    if (parent !== window) parent.postMessage({ type: "santong.page", page: index + 1, pages: pages.length }, "*");
  }
  function next() {
    const hidden = pages[index].querySelector(".answer:not(.on)");
    if (hidden) { hidden.classList.add("on"); return; }
    if (index < pages.length - 1) { index++; show(); }
  }
  function back() { if (index > 0) { index--; show(); } }
  function control(label, name, action) {
    const b = document.createElement("button");
    b.textContent = label; b.setAttribute("aria-label", name);
    b.addEventListener("click", action);
    nav.append(b);
  }
  nav.append(number);
  control("‹", "上一页", back); control("›", "下一页", next);
  main.append(nav);
  document.addEventListener("keydown", (e) => {
    if (["ArrowRight", "ArrowDown", "PageDown", " "].includes(e.key)) next();
    if (["ArrowLeft", "ArrowUp", "PageUp"].includes(e.key)) back();
    if (e.key === "Home") { index = 0; show(); }
    if (e.key === "End") { index = pages.length - 1; show(); }
  });
  let from = null;
  addEventListener("pointerdown", (e) => { from = e.clientX; });
  addEventListener("pointerup", (e) => {
    if (from === null) return;
    const d = e.clientX - from;
    from = null;
    if (d < -60) next();
    if (d > 60) back();
  });
  addEventListener("message", (e) => {
    if (e.source !== parent || e.data?.type !== "santong.turn") return;
    if (e.data.step > 0) next(); else back();
  });
  addEventListener("resize", fit);
  window.Slides = { go: (n) => { index = n; show(); } };
  fit(); show();
})();
