// Month by month: what could be decided below, what could not on top, hatched; a month nobody watched is a gap.

function makeMonths(host) {
  const stage = h("div", { class: "stage" });
  const note = h("p", { class: "figure-note" });
  const under = h("div");
  let bars = [];
  let ring = null;
  const keys = keyList(stage, {
    label: "Months. Arrow keys go from month to month, Enter shows the reports of a month.",
    items: () => bars,
    words: (bar) => monthSentence(bar),
    show: (bar) => fill(ring, ringed(bar, "ring focus")),
    open: (bar) => { update({ ...cleared(), month: bar.month }); visit("rows"); },
  });
  host.append(stage, note, under);
  const ORDER = [VIOLATION, NO_VIOLATION, INDETERMINATE];

  // Counts by month over the filter without its own month, so that the neighbours stay in sight.
  function gather() {
    const codes = codesUnder(state.clause, state.reading);
    const kept = state.month;
    state.month = "";
    const passing = tests();
    state.month = kept;
    const counts = new Map();
    let wide = 0;
    for (let row = 0; row < N && codes; row += 1) {
      if (passing.some((test) => !test(row))) continue;
      const verdict = D.outcomes[codes[row]][0];
      const month = report.month(row);
      if (month === null) { wide += verdict === NOT_APPLICABLE ? 0 : 1; continue; }
      if (!counts.has(month)) counts.set(month, [0, 0, 0, 0]);
      counts.get(month)[verdict] += 1;
    }
    return { counts, wide };
  }

  function monthsOf(counts) {
    const all = [...counts.keys(), ...D.effort.map(({ month }) => month)].sort();
    if (all.length === 0) return [];
    const list = [];
    let [year, month] = all[0].split("-").map(Number);
    while (list.length < 600) {
      const name = `${year}-${String(month).padStart(2, "0")}`;
      list.push(name);
      if (name >= all.at(-1)) break;
      month += 1;
      if (month === 13) { month = 1; year += 1; }
    }
    return list;
  }

  function draw() {
    const { counts, wide } = gather();
    const names = monthsOf(counts);
    const effort = new Map(D.effort.map((entry) => [entry.month, entry]));
    const plot = chart(stage, 330, "Reports by month and verdict. The same numbers are in the table below.", 300);
    const total = (tally) => ORDER.reduce((sum, verdict) => sum + tally[verdict], 0);
    const y = scale(0, Math.max(1, ...[...counts.values()].map(total)), plot.height - 40, 16);
    const step = (plot.width - 60) / Math.max(1, names.length);
    const width = Math.max(2, Math.min(46, step * 0.76));
    bars = names.map((month, index) => ({
      month, tally: counts.get(month) ?? [0, 0, 0, 0], watch: effort.get(month) ?? null,
      x: 50 + step * index + (step - width) / 2, width, top: 16, floor: plot.height - 40,
    }));
    ring = s("g", { class: "over" });
    put(plot.svg, null, [axis(y, plot), bars.map((bar) => column(bar, y)), labels(step, plot), ring]);
    stage.querySelector("svg")?.remove();
    stage.prepend(plot.svg);
    wirePointer(plot.svg, { hit: (px) => bars.find((bar) => px >= bar.x - 2 && px <= bar.x + bar.width + 2) ?? null,
      hover: (bar) => fill(ring, ringed(bar, "ring focus")),
      pick: (bar) => { if (bar) { update({ ...cleared(), month: bar.month }); visit("rows"); } } });
    title();
    const vague = `${reports(wide)} whose date may lie in more than one month ${wide === 1 ? "is"
      : "are"} left out too. `;
    fill(note, "Not applicable is left out. ", wide ? vague : "",
      "More or fewer reports may mean more or less reporting: no trend is claimed here.");
    fill(under, table());
  }

  function ringed(bar, name) {
    return bar && box(bar.x - 2, bar.top - 2, bar.width + 4, bar.floor - bar.top + 4, name);
  }

  function title() {
    const undecided = bars.reduce((sum, bar) => sum + bar.tally[INDETERMINATE], 0);
    const all = bars.reduce((sum, bar) => sum + ORDER.reduce((part, verdict) => part + bar.tally[verdict], 0), 0);
    const gaps = bars.filter((bar) => bar.watch?.state === "not_watched").length;
    const share = all ? Math.round((100 * undecided) / all) : 0;
    const silent = gaps ? `; ${gaps} ${gaps === 1 ? "month was" : "months were"} not watched` : "";
    byId("months-heading").textContent = `Month by month, ${share} % of ${reports(all)} stay undecided`
      + ` under ${readingWords(state.reading)}${silent}`;
  }

  function axis(y, plot) {
    return s("g", { class: "axes" }, ticks(0, y.high, 5).filter(Number.isInteger).map((value) =>
      [rule(48, y(value), plot.width - 8, y(value), "grid"), text(42, y(value) + 4, count(value), "tick", "end")]));
  }

  function column(bar, y) {
    if (bar.watch?.state === "not_watched") {
      return s("g", { class: "gap" }, box(bar.x, bar.top, bar.width, bar.floor - bar.top, "not-watched"),
        s("text", { class: "gap-words", "text-anchor": "middle",
          transform: `translate(${n1(bar.x + bar.width / 2 + 4)} ${n1((bar.top + bar.floor) / 2)}) rotate(-90)` },
          "not watched"));
    }
    let below = 0;
    return s("g", null, ORDER.map((verdict) => {
      const from = y(below);
      below += bar.tally[verdict];
      return bar.tally[verdict] ? box(bar.x, y(below), bar.width, from - y(below), `block b${verdict}`) : null;
    }), bar.month === state.month ? ringed(bar, "ring chosen") : null);
  }

  function labels(step, plot) {
    const every = Math.max(1, Math.ceil(38 / step));
    return s("g", { class: "axes" }, bars.map((bar, index) => {
      const january = bar.month.endsWith("-01") || index === 0;
      return [index % every && !january ? null : text(
        bar.x + bar.width / 2, plot.height - 24, MONTHS[Number(bar.month.slice(5)) - 1].slice(0, 3), "tick", "middle"),
        january ? text(bar.x + bar.width / 2, plot.height - 8, bar.month.slice(0, 4), "tick unit", "middle") : null];
    }));
  }

  function monthSentence(bar) {
    if (bar.watch?.state === "not_watched") return `${monthWords(bar.month)}: not watched`;
    return `${monthWords(bar.month)}: ${SHOWN_ORDER.map(
      (verdict) => `${bar.tally[verdict]} ${VERDICTS[verdict].word}`).join(", ")}`;
  }

  function table() {
    return h("details", { class: "under" }, h("summary", null, "Table: the months"),
      wideTable("The months", h("table", { class: "plain" },
      h("caption", null, `Reports by month under ${readingWords(state.reading)}`),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Month"),
        SHOWN_ORDER.map((verdict) => h("th", { scope: "col" }, tag(verdict))), h("th", { scope: "col" }, "Watched"))),
      h("tbody", null, bars.map((bar) => h("tr", null, h("th", { scope: "row" }, monthWords(bar.month)),
        bar.watch?.state === "not_watched" ? h("td", { colspan: 4 }, "not watched") : SHOWN_ORDER.map((verdict) =>
          h("td", { class: "number" }, bar.tally[verdict]
            ? rowsLink(count(bar.tally[verdict]), { month: bar.month, show: VERDICTS[verdict].letter },
            VERDICTS[verdict].word) : "0")),
        h("td", null, bar.watch ? told(bar.watch.words) : "not stated")))))));
  }

  return { draw, keys };
}
