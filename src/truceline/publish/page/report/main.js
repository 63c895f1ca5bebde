// The page begins: what is in sight first, then figure by figure, whenever there is time.

document.body.append(hatches());
for (const fold of document.querySelectorAll("details.fold")) fold.open = false; // without scripts they stay open
readFragment();
document.documentElement.classList.add("live");

const figures = {};
for (const [figure, keys] of [
  [makeReadings(byId("readings-table")), ["clause", "reading"]],
  [makeControls(), ["clause", "reading", "line", "theme"]],
  [makeFilter(byId("filter")), PICKS],
]) {
  onChange(keys, figure.draw);
  figure.draw();
}
performance.mark("usable");

// Beside the map: what one mark means, what came out, and the reports that have no place.
function besideMap() {
  const { rows, tally, verdictOf } = current();
  const unplaced = rows.filter((row) => !isPlaced(D.spot[row]));
  const top = topReason({ rows, verdictOf }, INDETERMINATE);
  const { placed, outside } = figures.map ? figures.map.outside() : { placed: 0, outside: 0 };
  byId("map-heading").textContent = mapHeading(tally, top);
  fill(byId("map-side"),
    h("p", null, `${count(placed - outside)} of ${count(placed)} placed reports lie in this frame. `,
      outside ? h("button", { type: "button", class: "quiet screen", onclick: () => figures.map.fitAll() },
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
  const under = readingWords(state.reading);
  if (many === 0 && top?.[0] === "source_cannot_show" && 2 * top[1] > tally[INDETERMINATE]) {
    return `${count(top[1])} of ${reports(N)} cannot show this, whatever happened, under ${under}`;
  }
  const found = many === 0 ? "No violation" : `${count(many)} ${many === 1 ? "violation" : "violations"}`;
  const open = tally[INDETERMINATE] ? `; ${reports(tally[INDETERMINATE])} cannot be decided` : "";
  const isMost = top && 2 * top[1] > tally[INDETERMINATE];
  const mostly = isMost ? `, mostly because ${D.reasons[top[0]]?.words ?? top[0]}` : "";
  return `${found} under ${under}${open}${mostly}`;
}

// Make a figure, draw it, and keep it in step with what is chosen and with its room on the page.
function stage(name, keys, make, host) {
  later(() => {
    figures[name] = make();
    figures[name].draw();
    onChange(keys, figures[name].draw);
    if (!host) return;
    onPaper.push(figures[name]);
    redrawOnResize(byId(host), figures[name].draw);
  });
}

const onPaper = []; // figures that are drawn anew for the width of the sheet, so that their words stay readable
stage("map", PICKS, () => makeMap(byId("map-figure"), besideMap), "map-figure");
later(() => tableUnder(byId("map-figure"), "Table: the reports of the map",
  () => [COLUMNS.verdict, COLUMNS.when, COLUMNS.where, COLUMNS.precision],
  () => current().rows.filter((row) => isPlaced(D.spot[row]))));
onChange(["reading", "clause", "line"], () => { figures.strip?.forget(); });
stage("strip", PICKS, () => makeStrip(byId("strip-figure")), "strip-figure");
later(() => tableUnder(byId("strip-figure"), "Table: the reports of the strip chart",
  () => [COLUMNS.verdict, COLUMNS.where, COLUMNS.station, COLUMNS.offset],
  () => current().rows.filter((row) => locatedOn(state.line, D.spot[row]))));
later(() => {
  const table = makeRows(byId("rows-table"), {
    columns: () => [COLUMNS.verdict, COLUMNS.when, COLUMNS.where, COLUMNS.precision, COLUMNS.who, COLUMNS.act,
      COLUMNS.offset, COLUMNS.why],
    rows: () => current().rows,
    caption: (n) => `${reports(n)} under ${readingWords(state.reading)}; `
      + `offsets from ${lineOf.get(state.line)?.title ?? "no line"}`,
  });
  rowsHeading();
  if (state.report) table.reveal(state.report);
  else table.draw();
  onChange(PICKS, () => { table.restart(); rowsHeading(); });
});
stage("panels", [...PICKS, "panels"], () => makePanels(byId("panels-figure")));
stage("differ", PICKS, () => makeDiffer(byId("differ-figure")));
if (D.sweep.length) stage("sweep", ["sweep"], () => makeSweep(byId("sweep-figure")), "sweep-figure");
stage("months", PICKS, () => makeMonths(byId("months-figure")), "months-figure");
later(() => {
  onChange(["clause", "reading", "line"], () => { figures.map.card.refresh(); figures.strip.card.refresh(); });
  onChange(["report"], () => { figures.map.ring(); figures.strip.ring(); });
  figures.map.restore();
  document.documentElement.classList.add("ready");
});
if (isPlace(location.hash)) goTo(location.hash);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { figures.map?.card.close(); figures.strip?.card.close(); }
});

let opened = []; // what was folded before printing
window.addEventListener("beforeprint", () => {
  finish();
  opened = [...document.querySelectorAll("details:is(.fold, .readings .more):not([open])")];
  for (const fold of opened) fold.open = true;
  onSheet(true);
});
window.addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  onSheet(false);
});

function onSheet(now) {
  printing = now;
  onPaper.forEach((figure) => figure.draw());
}

window.addEventListener("hashchange", () => {
  if (isPlace(location.hash)) { goTo(location.hash); return; }
  const before = { ...state };
  readFragment();
  announce(new Set(Object.keys(state).filter((key) => state[key] !== before[key])));
  if (state.report !== before.report) figures.map?.restore();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
for (const link of document.querySelectorAll("a[href^='#']")) link.addEventListener("click", jump);
