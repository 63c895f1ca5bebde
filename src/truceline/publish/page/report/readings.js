// What came out: one line per reading, side by side; choosing a line chooses the reading of the figures.

const FEW = 4; // so many readings that share a line are all in sight
function makeReadings(host) {
  let unfolded = false;

  function draw() {
    const clause = provisionOf.get(state.clause);
    const readings = judgedReadings(clause.id);
    byId("finding").textContent = D.headlines[clause.id] ?? D.agreement.title;
    byId("readings-heading").textContent = rangeWords(readings);
    fill(host, h("p", { class: "clause-line" }, h("strong", null, told(nameOf(clause))), ": ",
      told(clause.sentence), clause.title ? [" ", h("code", { class: "id" }, clause.id)] : null), drawnHint(readings),
      readings.length === 0 ? notJudged(clause) : table(clause),
      clause.tested ? null : h("p", { class: "warning" }, "No power: ",
        told(clause.power ?? "the data sets in use cannot show this act"), "."));
  }

  function rangeWords(readings) {
    if (readings.length === 0) return "This clause has no findings";
    const tallies = readings.map((reading) => countAll(state.clause, reading.id));
    const range = (verdict) => {
      const [low, high] = [Math.min, Math.max].map((pick) => pick(...tallies.map((tally) => tally[verdict])));
      return low === high ? count(low) : `${count(low)} to ${count(high)}`;
    };
    return `By reading: ${range(VIOLATION)} violations, ${range(INDETERMINATE)} that cannot be decided`;
  }

  // Where the reading shown draws no distance, a link leads to one that does: the first in the file.
  function drawnHint(readings) {
    if (bandsUnder(state.clause, state.reading).some(isDrawn)) return null;
    const clauses = [state.clause, ...D.provisions.map(({ id }) => id)];
    const found = clauses.flatMap((clause) => judgedReadings(clause).filter(
      ({ id }) => bandsUnder(clause, id).some(isDrawn)).map((reading) => ({ clause, reading })))[0];
    if (!found) return null;
    const goal = { clause: found.clause, reading: found.reading.id, report: "" };
    const whose = holderOf(found.reading);
    return h("p", { class: "hint screen" }, readings.length ? "This reading draws no distance. One that does: "
      : "A clause with distances: ", h("a", { href: fragmentOf({ ...state, ...cleared(), ...goal }),
      onclick: (event) => { event.preventDefault(); update({ ...cleared(), ...goal }); } },
    "“", told(nameOf(found.reading)), "”", whose ? [" (", told(whose), ")"] : null,
      found.clause === state.clause ? null : [", in the clause “", told(nameOf(provisionOf.get(found.clause))), "”"]));
  }

  const isDrawn = (band) => band.line !== null && !band.undisclosed && band.outline_possible.length > 0;

  function notJudged(clause) {
    const words = { not_judged_yet: "is recorded and not judged yet",
      not_monitorable: "cannot be monitored" }[clause.judged] ?? "has no findings here";
    return h("p", { class: "warning" }, `This clause ${words}`, clause.because ? [": ", told(clause.because)] : null,
      ".");
  }

  function table(clause) {
    const groups = groupsOf(clause.id);
    const tallies = groups.map(([reading]) => countAll(clause.id, reading.id));
    const most = Math.max(1, ...tallies.map((tally) => tally[1] + tally[2] + tally[3]));
    return wideTable("Verdicts by reading", h("table", { class: "readings" },
      h("caption", null, `Verdicts on ${reports(N)}. Readings that give the same verdict on every report share a line; `
        + "the order is that of the file, and none is preferred."),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Reading"),
        h("th", { scope: "col", class: "wide-only" }, "Share of what the clause speaks to"),
        SHOWN_ORDER.map((verdict) => h("th", { scope: "col", class: "number" }, tag(verdict))))),
      h("tbody", null, groups.map((group, index) => line(group, tallies[index], most)))));
  }

  function line(group, tally, most) {
    const chosen = group.find(({ id }) => id === state.reading);
    const goal = (chosen ?? group[0]).id;
    return h("tr", { class: chosen ? "chosen" : null },
      h("th", { scope: "row" }, choices(group, chosen ?? group[0])),
      h("td", { class: "wide-only" }, shareBar(tally, most)),
      SHOWN_ORDER.map((verdict) => h("td", { class: "number" },
        h("span", { class: "narrow-only", "aria-hidden": "true" }, tag(verdict), " "),
        tally[verdict] === 0 ? "0" : rowsLink(count(tally[verdict]), { reading: goal, show: VERDICTS[verdict].letter },
          `${VERDICTS[verdict].word} under ${readingWords(goal)}`))));
  }

  function choices(group, first) {
    if (group.length <= FEW) return group.map(choice);
    const rest = group.filter((reading) => reading !== first);
    return [choice(first), h("details", { class: "more", open: unfolded,
      ontoggle: (event) => { unfolded = event.target.open; } },
    h("summary", null, `${rest.length} more readings, the same verdicts`), rest.map(choice))];
  }

  function choice(reading) {
    const id = freshId("reading");
    const denies = reading.denies.includes(state.clause) ? " (denies the clause)" : "";
    return h("span", { class: "choice" }, h("input",
      { type: "radio", name: "reading", id, value: reading.id, checked: reading.id === state.reading,
      onchange: () => { update({ reading: reading.id }); host.querySelector("input:checked")?.focus(); } }),
    h("label", { for: id }, told(nameOf(reading)), h("span", { class: "soft" }, " ", told(holderOf(reading)),
      denies), reading.title ? [" ", h("code", { class: "id" }, reading.id)] : null));
  }

  function shareBar(tally, most) {
    let left = 0;
    return s("svg", { class: "share", viewBox: "0 0 200 14", preserveAspectRatio: "none", "aria-hidden": "true" },
      [VIOLATION, NO_VIOLATION, INDETERMINATE].map((verdict) => {
        const width = (200 * tally[verdict]) / most;
        left += width;
        return width ? box(left - width, 0, width, 14, `block b${verdict}`) : null;
      }));
  }

  return { draw };
}

function countAll(clause, reading) {
  const tally = [0, 0, 0, 0];
  const codes = codesUnder(clause, reading);
  for (let row = 0; row < N; row += 1) tally[D.outcomes[codes[row]][0]] += 1;
  return tally;
}
