// Building elements. Text always becomes a text node: nothing that was read can become markup.

const SVG_SPACE = "http://www.w3.org/2000/svg";

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function h(tag, attributes, ...children) {
  return put(document.createElement(tag), attributes, children);
}

function s(tag, attributes, ...children) {
  return put(document.createElementNS(SVG_SPACE, tag), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

// Words that came from outside are isolated, so that right-to-left text cannot turn its surroundings.
function told(text) {
  return h("bdi", { dir: "auto" }, text);
}

function hidden(text) {
  return h("span", { class: "unseen" }, text);
}

// A table that may be wider than the page scrolls by itself, also by keyboard.
function wideTable(label, table) {
  return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, table);
}

let lastId = 0;
function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
