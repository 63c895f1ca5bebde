// Which reports are shown: one filter for every figure and every table.

const PICKS = ["clause", "reading", "line", "show", ...FILTERS];
let shown = null;
onChange(PICKS, () => { shown = null; });

function dayAfter(day) {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

// Tests on a row, without the choice of verdicts.
function tests() {
  const all = [];
  const add = (value, test) => { if (value !== "") all.push(test); };
  add(state.month, (row) => report.month(row) === state.month);
  add(state.from, (row) => report.until(row) === null || report.until(row) > state.from);
  const end = state.to && dayAfter(state.to);
  add(state.to, (row) => report.from(row) === null || report.from(row) < end);
  add(state.place, (row) => (state.place === "off" ? !locatedOn(state.line, D.spot[row]) : !isPlaced(D.spot[row])));
  add(state.why, (row) => reasonsUnder(state.clause, state.reading, row).includes(state.why));
  add(state.pattern, (row) => patternOf(state.clause)(row) === state.pattern);
  if (state.field) {
    const rows = decidedByField(state.field);
    all.push((row) => rows.has(row));
  }
  if (state.near !== "" || state.far !== "") all.push(alongTest());
  if (state.sure !== "" || state.possible !== "") {
    const rows = sweptRows();
    all.push((row) => rows.has(row));
  }
  add(state.q, (row) => textOf(row).includes(state.q.toLowerCase()));
  return all;
}

function alongTest() {
  const near = state.near === "" ? -Infinity : Number(state.near) * 1000;
  const far = state.far === "" ? Infinity : Number(state.far) * 1000;
  return (row) => {
    const at = locatedOn(state.line, D.spot[row]);
    return at !== null && at.to >= near && at.from <= far;
  };
}

function decidedByField(field) {
  const differ = D.disagreements[state.clause] ?? { report: [], fields: [] };
  return new Set(differ.report.filter((_, index) => field === "any" || differ.fields[index].includes(field)));
}

function sweptRows() {
  const rows = rowsBehind(D.sweep[Number(state.sweep)]) ?? { report: [], sure: [], possible: [] };
  const starts = state.sure !== "" ? rows.sure : rows.possible;
  const limit = Number(state.sure !== "" ? state.sure : state.possible);
  return new Set(rows.report.filter((_, index) => starts[index] !== null && starts[index] <= limit));
}

function textOf(row) {
  return [report.id(row), report.place(row), report.act(row), report.dataset(row), report.origin(row),
    ...(report.involved(row) ?? []), ...(report.by(row) ?? [])].join(" ").toLowerCase();
}

// { rows, verdict, tally }: rows that are shown; verdicts of all rows; the tally before the choice of verdicts.
function current() {
  shown ??= select(state.reading, true);
  return shown;
}

function select(reading) {
  const codes = codesUnder(state.clause, reading);
  const passing = tests();
  const rows = [];
  const tally = [0, 0, 0, 0];
  const chosen = VERDICTS.map((verdict) => state.show.includes(verdict.letter));
  for (let row = 0; row < N && codes; row += 1) {
    if (passing.some((test) => !test(row))) continue;
    const verdict = D.outcomes[codes[row]][0];
    tally[verdict] += 1;
    if (chosen[verdict]) rows.push(row);
  }
  return { rows, tally, verdictOf: (row) => D.outcomes[codes[row]][0] };
}

// The shown rows by place: [{ spot, rows, tally }], widest place first.
function bySpot({ rows, verdictOf }) {
  const groups = new Map();
  for (const row of rows) {
    const spot = D.spot[row];
    if (!groups.has(spot)) groups.set(spot, { spot, rows: [], tally: [0, 0, 0, 0] });
    const group = groups.get(spot);
    group.rows.push(row);
    group.tally[verdictOf(row)] += 1;
  }
  return [...groups.values()];
}

function topReason({ rows, verdictOf }, verdict) {
  const counts = new Map();
  for (const row of rows) {
    if (verdictOf(row) !== verdict) continue;
    for (const code of reasonsUnder(state.clause, state.reading, row)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0] ?? null;
}
