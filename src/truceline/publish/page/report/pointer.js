// Pointing, clicking and dragging on a figure; touch scrolls the page as everywhere else.

// hit(x, y): what lies there; hover(thing | null); pick(thing | null); drag(dx, dy) and zoom(factor, x, y) if given.
function wirePointer(svg, { hit, hover, pick, drag, zoom }) {
  let from = null;
  const at = (event) => {
    const rect = svg.getBoundingClientRect();
    const { width, height } = svg.viewBox.baseVal;
    return [(event.clientX - rect.left) * width / rect.width, (event.clientY - rect.top) * height / rect.height];
  };
  svg.addEventListener("pointerdown", (event) => {
    if (!drag || event.pointerType === "touch" || event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, far: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || event.buttons !== 1) {
      const thing = hit(...at(event));
      svg.classList.toggle("over-mark", thing !== null);
      hover(thing);
      return;
    }
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!from.far && Math.hypot(dx, dy) < 4) return;
    from = { x: event.clientX, y: event.clientY, far: true };
    drag(dx, dy);
  });
  svg.addEventListener("pointerleave", () => { from = null; hover(null); });
  svg.addEventListener("click", (event) => {
    const dragged = from?.far ?? false;
    from = null;
    if (!dragged) pick(hit(...at(event)));
  });
  svg.addEventListener("wheel", (event) => {
    if (!zoom || (!event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...at(event));
  }, { passive: false });
}
