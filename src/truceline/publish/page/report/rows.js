// The table of reports: the same rows and filters as the figures, a page at a time.

const PAGE_ROWS = matchMedia("(max-width: 48rem)").matches ? 5 : 10;
const MOST_ROWS = 1000; // a browser has enough of more rows in one table
const COLUMNS = {
  verdict: { title: "Verdict", cell: (row) => tag(verdictUnder(state.clause, state.reading, row)),
    order: (row) => -verdictUnder(state.clause, state.reading, row) },
  when: { title: "When", cell: (row) => report.when_words(row) ?? "no date", order: (row) => report.from(row) ?? "~" },
  where: { title: "Where", cell: (row) => told(placeWords(row)), order: placeWords },
  precision: { title: "How exact", cell: (row) => shortPrecision(D.spot[row]),
    order: (row) => D.spots.radius_m[D.spot[row]] ?? Infinity },
  who: { title: "Involved", cell: (row) => told((report.involved(row) ?? []).join(", ") || "nobody named"),
    order: (row) => (report.involved(row) ?? []).join() },
  act: { title: "Act", cell: (row) => told(report.act(row) ?? "not stated"), order: (row) => report.act(row) ?? "~" },
  station: { title: "Station", cell: (row) => stationCell(row),
    order: (row) => locatedOn(state.line, D.spot[row])?.from ?? Infinity },
  offset: { title: "Offset from the line", cell: (row) => shortOffset(D.spot[row]),
    order: (row) => locatedOn(state.line, D.spot[row])?.low ?? Infinity },
  why: { title: "Because", cell: (row) => becauseOf(reasonsUnder(state.clause, state.reading, row)),
    order: (row) => becauseOf(reasonsUnder(state.clause, state.reading, row)) },
  fields: { title: "What decides", cell: (row) => fieldsOf(row).join(", ") || "not stated",
    order: (row) => fieldsOf(row).join() },
};

function shortPrecision(spot) {
  if (isRegion(spot)) return "a region";
  return D.spots.lon[spot] === null ? "no place" : `± ${radius(D.spots.radius_m[spot])}`;
}

function shortOffset(spot) {
  const at = locatedOn(state.line, spot);
  return at ? span(at.low, at.high) + (at.either ? ", beyond the end" : "") : "not located";
}

function stationCell(row) {
  const at = locatedOn(state.line, D.spot[row]);
  return at ? span(at.from, at.to) : "not located";
}

function fieldsOf(row) {
  const differ = D.disagreements[state.clause];
  const at = differ ? differ.report.indexOf(row) : -1;
  return at < 0 ? [] : differ.fields[at];
}

function readingColumns() {
  return groupsOf(state.clause).map((group) => ({
    title: groupWords(group),
    all: listed(group.map(nameOf)),
    narrow: true,
    cell: (row) => [glyph(verdictUnder(state.clause, group[0].id, row)),
      hidden(VERDICTS[verdictUnder(state.clause, group[0].id, row)].word)],
    order: (row) => -verdictUnder(state.clause, group[0].id, row),
  }));
}

// Violations and undecided reports come first, each by date.
function gravestFirst(rows) {
  const keyed = rows.map((row) => [verdictUnder(state.clause, state.reading, row), report.from(row) ?? "~", row]);
  keyed.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]));
  return keyed.map(([, , row]) => row);
}

// columns(): the columns to show; rows(): the rows; caption(): what the table is.
function makeRows(host, { columns, rows, caption, size = PAGE_ROWS }) {
  let page = 0;
  let pageRows = size;
  let sorted = null;
  let open = null;

  function draw() {
    const all = ordered(rows(), columns());
    page = Math.max(0, Math.min(page, Math.ceil(all.length / pageRows) - 1));
    const part = all.slice(page * pageRows, (page + 1) * pageRows);
    fill(host, wideTable("Table of reports",
      h("table", { class: "rows" },
        h("caption", null, caption(all.length)),
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Report"), columns().map(head))),
        h("tbody", null, part.map(line)))), pager(all.length));
  }

  function ordered(all, shownColumns) {
    if (sorted === null || !shownColumns[sorted.at]) return gravestFirst(all);
    const { order } = shownColumns[sorted.at];
    const keyed = all.map((row) => [order(row), row]);
    keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]) * sorted.turn);
    return keyed.map(([, row]) => row);
  }

  function head(column, at) {
    const mine = sorted?.at === at;
    return h("th", { scope: "col", class: column.narrow ? "narrow" : null, title: column.all,
      "aria-sort": mine ? (sorted.turn === 1 ? "ascending" : "descending") : null },
    h("button", { type: "button", class: "sort", onclick: () => {
      sorted = mine && sorted.turn === -1 ? null : { at, turn: mine ? -1 : 1 };
      draw();
    } }, column.title, h("span", { class: "arrow", "aria-hidden": "true" },
      mine ? (sorted.turn === 1 ? " ↑" : " ↓") : "")));
  }

  function line(row) {
    const id = report.id(row);
    const chosen = state.report === id;
    const main = h("tr", { class: chosen ? "chosen" : null }, h("th", { scope: "row", "data-title": "Report" },
      h("button", { type: "button", class: "row-button", "aria-expanded": String(open === id),
        onclick: () => toggle(id) }, told(id))),
    columns().map((column) => h("td", { "data-title": column.title, class: column.narrow ? "narrow" : null },
      column.cell(row))));
    return open === id
      ? [main, h("tr", { class: "opened" }, h("td", { colspan: columns().length + 1 }, explanation(row)))] : main;
  }

  function toggle(id) {
    open = open === id ? null : id;
    update({ report: open ?? "" });
    draw();
    [...host.querySelectorAll(".row-button")].find((button) => button.textContent === id)?.focus();
  }

  function pager(length) {
    const pages = Math.ceil(length / pageRows);
    if (pages < 2) return null;
    const last = Math.min(length, (page + 1) * pageRows);
    const go = (to, words) => h("button", { type: "button", disabled: to < 0 || to >= pages,
      onclick: () => { page = to; draw(); } }, words);
    return h("nav", { class: "pager", "aria-label": "Pages of the table" },
      go(0, "First"), go(page - 1, "Previous"),
      h("span", { "aria-live": "polite" }, `rows ${count(page * pageRows + 1)} to ${count(last)} of ${count(length)}`),
      go(page + 1, "Next"), go(pages - 1, "Last"),
      length <= MOST_ROWS ? h("button", { type: "button", onclick: () => { pageRows = length; draw(); } },
        `Show all ${count(length)}`) : null);
  }

  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open !== null) toggle(open);
  });
  return {
    draw,
    restart: () => { page = 0; open = null; pageRows = size; draw(); },
    reveal: (id) => {
      const at = ordered(rows(), columns()).findIndex((row) => report.id(row) === id);
      if (at >= 0) { page = Math.floor(at / pageRows); open = id; }
      draw();
    },
  };
}

// A table under a figure, drawn when it is opened.
function tableUnder(host, words, columns, rows, size) {
  const inner = h("div");
  const details = h("details", { class: "under" }, h("summary", null, words), inner);
  const table = makeRows(inner, { columns, rows,
    caption: (n) => `${reports(n)} shown under ${readingWords(state.reading)}`, size });
  details.addEventListener("toggle", () => { if (details.open) table.restart(); });
  onChange(PICKS, () => { if (details.open) table.restart(); });
  host.append(details);
}
