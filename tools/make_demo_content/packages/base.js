"use strict";
/* A 1920×1080 stage in SVG: shapes, text, buttons and dragging by mouse or finger. */
const Stage = (() => {
  const NS = "http://www.w3.org/2000/svg";
  const C = { ink: "#1b2430", grey: "#5b6675", line: "#d5dbe3", pale: "#e7f0fd", blue: "#1f6feb",
    deep: "#0b4cc0", red: "#c0362c", brown: "#9a6200", sand: "#f0c48c", green: "#1a7f45", mint: "#e3f5ea", white: "#ffffff" };
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 1920 1080");
  svg.setAttribute("class", "stage");
  document.body.append(svg);

  function el(name, attrs = {}, parent = svg) {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attrs)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  }
  function set(node, attrs) {
    for (const [key, value] of Object.entries(attrs)) node.setAttribute(key, value);
    return node;
  }
  function text(x, y, words, size = 44, more = {}, parent = svg) {
    const node = el("text", { x, y, "font-size": size, fill: C.ink, "text-anchor": "middle",
      "dominant-baseline": "central", ...more }, parent);
    node.textContent = words;
    return node;
  }
  function points(list) { return list.map((p) => p.join(",")).join(" "); }
  function at(event) {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [p.x, p.y];
  }
  function drag(node, handlers) {
    node.classList.add("grab");
    let from = null;
    node.addEventListener("pointerdown", (event) => {
      from = at(event);
      if (handlers.start) handlers.start(from);
      node.setPointerCapture(event.pointerId); // after start: moving a node in the tree drops its capture
      event.preventDefault();
    });
    node.addEventListener("pointermove", (event) => {
      if (!from) return;
      const now = at(event);
      handlers.move(now, [now[0] - from[0], now[1] - from[1]]);
    });
    const stop = (event) => {
      if (!from) return;
      from = null;
      if (handlers.end) handlers.end(at(event));
    };
    node.addEventListener("pointerup", stop);
    node.addEventListener("pointercancel", stop);
    return node;
  }
  function button(x, y, width, words, action, primary = false) {
    const g = el("g", { class: "hand button", role: "button", tabindex: 0, "aria-label": words });
    el("rect", { x, y, width, height: 96, rx: 14, fill: primary ? C.blue : C.white,
      stroke: primary ? C.blue : "#b9c3cf", "stroke-width": 3 }, g);
    const label = text(x + width / 2, y + 50, words, 42, { fill: primary ? C.white : C.ink }, g);
    g.addEventListener("click", action);
    g.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(); }
    });
    return { g, label };
  }
  function title(words, hint) {
    text(960, 78, words, 64, { "font-weight": 700 });
    return text(960, 152, hint || "", 38, { fill: C.grey });
  }
  function clear(node) { node.replaceChildren(); }
  function random(n) { return Math.floor(Math.random() * n); }
  function shuffle(list) {
    const a = [...list];
    for (let i = a.length - 1; i > 0; i--) { const j = random(i + 1); [a[i], a[j]] = [a[j], a[i]]; }
    return a;
  }
  function glide(ms, step, done) {
    const start = performance.now();
    const tick = (now) => {
      const t = Math.min(1, (now - start) / ms);
      step(t * t * (3 - 2 * t));
      if (t < 1) requestAnimationFrame(tick); else if (done) done();
    };
    requestAnimationFrame(tick);
  }
  return { svg, C, el, set, text, points, at, drag, button, title, clear, random, shuffle, glide };
})();
