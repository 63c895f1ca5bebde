// Where the readings disagree: the patterns of verdicts, the fields that decide, and the rows.

function makeDiffer(host) {
  const heading = byId("differ-heading");
  const lead = h("p", { class: "lead" });
  const fields = h("div", { class: "field-bars" });
  const table = h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Patterns of verdicts" });
  const rowsHost = h("div");
  host.append(lead, fields, table, rowsHost);
  tableUnder(rowsHost, "Table: the reports on which the readings disagree",
    () => [COLUMNS.when, COLUMNS.where, ...readingColumns(), COLUMNS.fields],
    () => disputed(), 50);

  function disputed() {
    const differ = D.disagreements[state.clause]?.report ?? [];
    const passing = tests();
    return differ.filter((row) => passing.every((test) => test(row)));
  }

  function draw() {
    const readings = judgedReadings(state.clause);
    const groups = groupsOf(state.clause);
    const differ = D.disagreements[state.clause] ?? { report: [], fields: [] };
    const byField = tallied(differ.fields.flat());
    const byPattern = tallied(differ.report.map(patternOf(state.clause)));
    const top = byField[0];
    const decisive = top ? `; ${top[0]} is among what decides in ${count(top[1])}` : "";
    heading.textContent = differ.report.length === 0
      ? `The ${readings.length} readings agree on all ${reports(N)}`
      : `The readings disagree on ${count(differ.report.length)} of ${reports(N)}${decisive}`;
    fill(lead, differ.report.length === 0 ? "Whichever reading is taken, the verdict on each report is the same." : [
      "Here the reading, not the report, makes the verdict. ",
      "The fewest fields that flip it are counted below; a report may need more than one."]);
    fill(fields, bars(byField, differ.report.length));
    fill(table, differ.report.length === 0 ? null : patternTable(groups, byPattern, differ.report.length));
  }

  function bars(byField, all) {
    return h("ul", { class: "bars" }, byField.map(([field, number]) => h("li", null,
      h("span", { class: "bar-name" }, told(field)),
      s("svg", { class: "length", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        box(0, 0, (100 * number) / all, 10, "bar-fill")),
      h("span", { class: "bar-count" }, rowsLink(count(number), { field, show: "vina" },
        `reports in which ${field} decides`), ` of ${count(all)}`))));
  }

  function patternTable(groups, byPattern, all) {
    const most = byPattern.slice(0, 12);
    const rest = byPattern.slice(12).reduce((sum, [, number]) => sum + number, 0);
    return h("table", { class: "patterns" },
      h("caption", null, `${byPattern.length} patterns of verdicts in ${count(all)} reports, the most frequent first`,
        rest ? `; ${count(rest)} reports in rarer patterns are in the table below` : ""),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Reports"),
        groups.map((group) => h("th", { scope: "col", title: listed(group.map(nameOf)) },
        told(groupWords(group)))))),
      h("tbody", null, most.map(([pattern, number]) => h("tr", null,
        h("th", { scope: "row" }, rowsLink(count(number), { pattern, show: "vina" }, "reports of this pattern")),
        [...pattern].map((digit) => h("td", { class: `cell v${digit}` }, tag(Number(digit))))))));
  }

  return { draw };
}

function tallied(list) {
  const counts = new Map();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
