// Axes and steps shared by the charts.

function ticks(low, high, wanted) {
  const raw = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw) ?? 10 * power;
  const list = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step * 1e-9; value += step) {
    list.push(Math.abs(value) < step * 1e-9 ? 0 : value);
  }
  return list;
}

function scale(low, high, from, to) {
  const slope = (to - from) / (high - low || 1);
  const map = (value) => from + (value - low) * slope;
  map.back = (pixel) => low + (pixel - from) / slope;
  map.low = low;
  map.high = high;
  return map;
}

function text(x, y, words, name, anchor) {
  return s("text", { x: n1(x), y: n1(y), class: name, "text-anchor": anchor ?? "start" }, words);
}

function rule(x1, y1, x2, y2, name) {
  return s("path", { class: name, d: `M${n1(x1)} ${n1(y1)}L${n1(x2)} ${n1(y2)}` });
}

function box(x, y, width, height, name) {
  return s("rect", { x: n1(x), y: n1(y), width: n1(Math.max(0, width)), height: n1(Math.max(0, height)), class: name });
}

// A step line: at each x the value of the last point at or before it.
function steps(points, x, y) {
  return points.map(([at, value], index) => (index === 0
    ? `M${n1(x(at))} ${n1(y(value))}`
    : `H${n1(x(at))}V${n1(y(value))}`)).join("");
}

// How wide a figure is drawn: as its place on the screen, or as a sheet of paper while printing.
const PAPER_WIDTH = 690;
let printing = false;

function widthOf(host, least = 300) {
  return printing ? PAPER_WIDTH : Math.max(least, Math.round(host.clientWidth) || 700);
}

function chart(host, height, label, minimum = 300) {
  const width = widthOf(host, minimum);
  const svg = s("svg", {
    class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label,
  });
  return { svg, width, height };
}

function redrawOnResize(host, draw) {
  let last = Math.round(host.clientWidth); // already drawn for this width
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (!printing && width > 0 && Math.abs(width - last) > 1) {
      last = width;
      draw();
    }
  }).observe(host);
}
