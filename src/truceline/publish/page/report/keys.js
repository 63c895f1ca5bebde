// Marks by keyboard: one stop for Tab, arrows from mark to mark, Enter explains, Escape goes back.

// items(): what can be reached; words(item): its name; show(item | null): draw the ring; open(item): explain it.
function keyList(host, { label, items, words, show, open, extra }) {
  const option = h("div", { role: "option", id: freshId("option"), class: "unseen", "aria-selected": "true" });
  const list = h("div", {
    role: "listbox", tabindex: "0", class: "keys", "aria-label": label, "aria-activedescendant": option.id,
  }, option);
  let at = 0;

  function move(to) {
    const all = items();
    if (all.length === 0) {
      fill(option, "nothing is shown");
      show(null);
      return;
    }
    at = Math.max(0, Math.min(all.length - 1, to));
    option.setAttribute("aria-posinset", at + 1);
    option.setAttribute("aria-setsize", all.length);
    fill(option, words(all[at]));
    show(all[at]);
  }

  const moves = {
    ArrowRight: () => at + 1, ArrowDown: () => at + 1, ArrowLeft: () => at - 1, ArrowUp: () => at - 1,
    PageDown: () => at + 10, PageUp: () => at - 10, Home: () => 0, End: () => items().length - 1,
  };
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    if (extra?.(event)) event.preventDefault();
    else if (event.key in moves && !event.shiftKey) { event.preventDefault(); move(moves[event.key]()); }
    else if ((event.key === "Enter" || event.key === " ") && all[at]) { event.preventDefault(); open(all[at]); }
  });
  list.addEventListener("focus", () => move(at));
  list.addEventListener("blur", () => show(null));
  fill(option, "use the arrow keys");
  host.append(list);
  return {
    element: list,
    goTo: (index) => { at = Math.max(0, index); },
  };
}
