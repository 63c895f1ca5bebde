// The page begins: read the fragment, draw what is seen first, then the rest.

document.body.append(hatches());
readFragment();
document.documentElement.classList.add("live");

const controls = makeControls();
const readingsTable = makeReadings(byId("readings-table"));
const filterForm = makeFilter(byId("filter"));
const map = makeMap(byId("map-figure"), besideMap);
const strip = makeStrip(byId("strip-figure"));
const rowsTable = makeRows(byId("rows-table"), {
  columns: () => [COLUMNS.verdict, COLUMNS.when, COLUMNS.where, COLUMNS.precision, COLUMNS.who, COLUMNS.act,
    COLUMNS.offset, COLUMNS.why],
  rows: () => current().rows,
  caption: (n) => `${reports(n)} under reading ${state.reading}; `
    + `offsets from ${lineOf.get(state.line)?.title ?? "no line"}`,
});
tableUnder(byId("map-figure"), "Table: the reports of the map",
  () => [COLUMNS.verdict, COLUMNS.when, COLUMNS.where, COLUMNS.precision],
  () => current().rows.filter((row) => isPlaced(D.spot[row])));
tableUnder(byId("strip-figure"), "Table: the reports of the strip chart",
  () => [COLUMNS.verdict, COLUMNS.where, COLUMNS.station, COLUMNS.offset],
  () => current().rows.filter((row) => locatedOn(state.line, D.spot[row])));

// Beside the map: what one mark means, what came out, and the reports that have no place.
function besideMap() {
  const { rows, tally, verdictOf } = current();
  const unplaced = rows.filter((row) => !isPlaced(D.spot[row]));
  const top = topReason({ rows, verdictOf }, INDETERMINATE);
  const { placed, outside } = map ? map.outside() : { placed: 0, outside: 0 };
  byId("map-heading").textContent = mapHeading(tally, top);
  fill(byId("map-side"),
    h("p", null, `${count(placed - outside)} of ${count(placed)} placed reports lie in this frame. `,
      outside ? h("button", { type: "button", class: "quiet screen", onclick: () => map.fitAll() },
        `Show the ${count(outside)} outside`) : null),
    top ? h("p", null, "Most often undecided because ", told(D.reasons[top[0]]?.words ?? top[0]), ": ",
      rowsLink(count(top[1]), { why: top[0], show: "i" }, "reports"), ` of ${count(tally[INDETERMINATE])}.`) : null,
    h("div", { class: "unplaced" }, h("h3", null, unplaced.length
      ? [rowsLink(reports(unplaced.length), { place: "none" }), " without a place"] : "Every report shown has a place"),
      unplaced.length ? h("ul", null, unplaced.slice(0, 6).map(
        (row) => h("li", null, glyph(verdictOf(row)), " ", told(placeWords(row)), ", ",
        report.when_words(row) ?? "no date"))) : null,
      unplaced.length > 6 ? h("p", { class: "soft" }, `and ${count(unplaced.length - 6)} more in the table`) : null));
}

function rowsHeading() {
  byId("rows-heading").textContent = `${reports(current().rows.length)} stand behind both figures`;
}

function mapHeading(tally, top) {
  const many = tally[VIOLATION];
  const found = many === 0 ? "No violation" : `${count(many)} ${many === 1 ? "violation" : "violations"}`;
  const open = tally[INDETERMINATE] ? `; ${reports(tally[INDETERMINATE])} cannot be decided` : "";
  const isMost = top && 2 * top[1] > tally[INDETERMINATE];
  const mostly = isMost ? `, mostly because ${D.reasons[top[0]]?.words ?? top[0]}` : "";
  return `${found} under reading ${state.reading}${open}${mostly}`;
}

const figures = [
  [readingsTable, ["clause", "reading"]],
  [controls, ["clause", "reading", "line", "theme"]],
  [filterForm, PICKS],
  [map, PICKS],
  [strip, PICKS],
];
for (const [figure, keys] of figures) {
  onChange(keys, figure.draw);
  figure.draw();
}
besideMap();
rowsHeading();
performance.mark("usable");
onChange(["reading", "clause", "line"], () => { strip.forget(); });
onChange(["clause", "reading", "line"], () => { map.card.refresh(); strip.card.refresh(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { map.card.close(); strip.card.close(); }
});
onChange(["report"], () => { map.ring(); strip.ring(); });
onChange(PICKS, () => { rowsTable.restart(); rowsHeading(); });

// What lies below the first screen waits until the first screen stands.
requestAnimationFrame(() => setTimeout(() => {
  if (state.report) rowsTable.reveal(state.report);
  else rowsTable.draw();
  const later = [[makePanels(byId("panels-figure")), [...PICKS, "panels"]], [makeDiffer(byId("differ-figure")), PICKS],
    [makeSweep(byId("sweep-figure")), ["sweep"]], [makeMonths(byId("months-figure")), PICKS]];
  for (const [figure, keys] of later) {
    figure.draw();
    onChange(keys, figure.draw);
  }
  redrawn.push(later[2][0], later[3][0]);
  redrawOnResize(byId("sweep-figure"), later[2][0].draw);
  redrawOnResize(byId("months-figure"), later[3][0].draw);
  redrawOnResize(byId("map-figure"), map.draw);
  redrawOnResize(byId("strip-figure"), strip.draw);
  map.restore();
  document.documentElement.classList.add("ready");
}, 0));

// On paper the figures are drawn anew for the width of the sheet, so that their words stay readable.
const redrawn = [map, strip];
for (const [event, now] of [["beforeprint", true], ["afterprint", false]]) {
  window.addEventListener(event, () => {
    printing = now;
    redrawn.forEach((figure) => figure.draw());
  });
}

window.addEventListener("hashchange", () => {
  const before = { ...state };
  readFragment();
  announce(new Set(Object.keys(state).filter((key) => state[key] !== before[key])));
  if (state.report !== before.report) map.restore();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
for (const link of document.querySelectorAll("a[href^='#']")) link.addEventListener("click", jump);
