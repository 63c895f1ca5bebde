// The marks of the verdicts: a colour, a shape and a word, always all three.

const SHAPES = [
  (x, y, r) => { // small cross
    const a = r * 0.72;
    return `M${n1(x - a)} ${n1(y - a)}L${n1(x + a)} ${n1(y + a)}M${n1(x - a)} ${n1(y + a)}L${n1(x + a)} ${n1(y - a)}`;
  },
  (x, y, r) => circlePath(x, y, r * 0.94),
  (x, y, r) => { // open square
    const a = r * 0.86;
    return `M${n1(x - a)} ${n1(y - a)}h${n1(2 * a)}v${n1(2 * a)}h${n1(-2 * a)}Z`;
  },
  (x, y, r) => { // diamond
    const a = r * 1.22;
    return `M${n1(x)} ${n1(y - a)}L${n1(x + a)} ${n1(y)}L${n1(x)} ${n1(y + a)}L${n1(x - a)} ${n1(y)}Z`;
  },
];

function n1(value) {
  return Math.round(value * 10) / 10;
}

function circlePath(x, y, r) {
  const q = n1(r); // the chord must be twice the rounded radius, or the arcs bulge
  return `M${n1(x - q)} ${n1(y)}a${q} ${q} 0 1 0 ${n1(2 * q)} 0a${q} ${q} 0 1 0 ${n1(-2 * q)} 0Z`;
}

function glyph(verdict) {
  return s("svg", { class: "glyph", viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
    s("path", { class: `mark m${verdict}`, d: SHAPES[verdict](7, 7, 5) }));
}

function tag(verdict, words) {
  return h("span", { class: `verdict v${verdict}` }, glyph(verdict), words ?? VERDICTS[verdict].word);
}

// Co-located reports are one group: one mark per verdict in a row, larger with the count.
function markRadius(reportsHere) {
  return Math.min(9, 3.6 + 0.95 * Math.log2(reportsHere));
}

function groupMarks(group, x, y, scale = 1) {
  const present = SHOWN_ORDER.filter((verdict) => group.tally[verdict] > 0);
  const radii = present.map((verdict) => markRadius(group.tally[verdict]) * scale);
  const width = radii.reduce((sum, r) => sum + 2 * r, 0) + 1.5 * (radii.length - 1);
  let left = x - width / 2;
  return present.map((verdict, index) => {
    const r = radii[index];
    const mark = { verdict, x: left + r, y, r, n: group.tally[verdict] };
    left += 2 * r + 1.5;
    return mark;
  });
}

// Names keep clear of the marks.
function marksRoom(room, marks) {
  marks.forEach(({ x, y, r }) => room.take({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
}

// Draw many marks as four paths, the undecided and the violations last.
function drawMarks(layer, marks) {
  const paths = [NOT_APPLICABLE, NO_VIOLATION, INDETERMINATE, VIOLATION].map((verdict) => {
    const d = marks.filter((mark) => mark.verdict === verdict)
      .map((mark) => SHAPES[verdict](mark.x, mark.y, verdict === NOT_APPLICABLE ? mark.r * 0.75 : mark.r)).join("");
    return d === "" ? null : [
      verdict === NOT_APPLICABLE ? null : s("path", { class: "casing", d }),
      s("path", { class: `mark m${verdict}`, d }),
    ];
  });
  fill(layer, paths);
}

// The count of a mark stands above it, or below it, where it is cut by nothing; `frame` is the ground in sight.
function countLabels(layer, marks, taken, frame) {
  fill(layer, marks.filter((mark) => mark.n >= 10).sort((a, b) => b.n - a.n).map((mark) => {
    const text = count(mark.n);
    const w = 6.8 * text.length + 5;
    const top = [mark.y - mark.r - 14, mark.y + mark.r + 3].find((y) => y > frame.top && y + 11 < frame.bottom
      && mark.x - w / 2 > frame.left && mark.x + w / 2 < frame.right && taken.claim({ x: mark.x - w / 2, y, w, h: 11 }));
    return top === undefined ? null
      : s("text", { class: "mark-count", "text-anchor": "middle", x: n1(mark.x), y: n1(top + 10) }, text);
  }));
}

// Labels may not cover each other: a claim is refused where the room is taken.
function labelRoom() {
  const boxes = [];
  return {
    take(box) { boxes.push(box); },
    crowd(box) { return boxes.filter((b) => overlap(b, box)).length; },
    claim(box) {
      const hit = boxes.some((b) => overlap(b, box));
      if (!hit) boxes.push(box);
      return !hit;
    },
  };
}

function overlap(a, b) {
  return b.x < a.x + a.w && a.x < b.x + b.w && b.y < a.y + a.h && a.y < b.y + b.h;
}

// The hatches, once for the page: undecided reports, and ground that a band may or may not cover.
function hatches() {
  const hatch = (id, size, name) => s("pattern", {
    id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, s("path", { class: name, d: `M${size / 2} 0V${size}` }));
  return s("svg", { class: "defs", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, s("defs", null,
    hatch("hatch-open", 3.2, "hatch-open"),
    hatch("hatch-wide", 7, "hatch-wide"),
    hatch("hatch-band", 6, "hatch-band"),
    hatch("hatch-gap", 5, "hatch-gap")));
}
