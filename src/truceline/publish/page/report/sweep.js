// The sweep: how many reports lie nearer than each distance, surely and possibly, and who claims which distance.

function makeSweep(host) {
  const pick = h("select", { id: "sweep-pick", onchange: () => update({ sweep: pick.value, sure: "", possible: "" }) },
    D.sweep.map((sweep, index) => h("option", { value: index },
      `${sweep.set_title}, from ${lineOf.get(sweep.line)?.title ?? sweep.line}${sweep.month
      ? `, ${monthWords(sweep.month)}` : ""}`)));
  const stage = h("div", { class: "stage" });
  const slider = h("input", { type: "range", id: "sweep-at", min: 0, step: 1, value: 0,
    oninput: () => read(Number(slider.value)) });
  const output = h("p", { class: "readout", "aria-live": "polite" });
  const under = h("div");
  host.append(h("p", { class: "figure-tools" }, h("label", { for: "sweep-pick" }, "Reports of "), pick), stage,
    h("p", { class: "figure-tools sweep-slider" }, h("label", { for: "sweep-at" }, "Read the curves at"), slider),
      output, under);
  let hair = null;
  let drawnSweep = null;
  let frame = null;

  const chosen = () => D.sweep[Number(state.sweep)];
  const rivals = () => D.rivals.filter((rival) => rival.line === chosen().line).sort((a, b) => a.lo_m - b.lo_m);
  const uncharted = () => D.rivals.filter((rival) => rival.line === null); // from a line whose course is not public

  function draw() {
    const sweep = chosen();
    host.hidden = !sweep;
    if (!sweep) return;
    pick.value = state.sweep;
    slider.max = sweep.distance_m.length - 1;
    title(sweep);
    const plot = chart(stage, stage.clientWidth < 560 ? 400 : 460,
      `Sweep of ${sweep.set_title}: counts by distance. The same numbers are in the table below.`, 320);
    const heads = layout(rivals(), plot.width, sweep);
    const top = 26 + 15 * heads.levels;
    const x = scale(0, sweep.distance_m.at(-1), 54, plot.width - 16);
    const most = Math.max(1, ...sweep.possible, ...sweep.as_points);
    const y = scale(0, most, plot.height - 62, top);
    frame = { x, y, ...plot };
    hair = s("g", { class: "hair" });
    put(plot.svg, null, [axes(), heads.marks.map((mark) => rivalMark(mark, x, y)), curves(sweep), hair]);
    fill(stage, plot.svg);
    wirePointer(plot.svg, { hit: (px) => nearest(sweep, x.back(px)), hover: (at) => { if (at !== null) show(at); },
      pick: (at) => { if (at !== null) read(at); } });
    read(sweep === drawnSweep ? Number(slider.value) : firstRead(sweep));
    drawnSweep = sweep;
    fill(under, table(sweep));
  }

  // The sentence is about a distance that somebody claims: the largest one that a reading names within the chart.
  function title(sweep) {
    const line = lineOf.get(sweep.line)?.title ?? sweep.line;
    const claimed = claim(sweep);
    const at = nearest(sweep, claimed ?? 0);
    byId("sweep-heading").textContent = claimed === null ? `Nobody claims a distance from ${line}`
      : `Within ${distance(claimed)} of ${line}: ${count(sweep.sure[at])} reports surely, ${count(
        sweep.possible[at])} possibly`;
  }

  function claim(sweep) {
    const within = rivals().map(({ kind, lo_m: low, hi_m: high }) => ({ kind, far: high ?? low }))
      .filter(({ far }) => far <= sweep.distance_m.at(-1));
    const readings = within.filter(({ kind }) => kind === "reading");
    const list = (readings.length ? readings : within).map(({ far }) => far);
    return list.length ? Math.max(...list) : null;
  }

  function firstRead(sweep) {
    const claimed = claim(sweep);
    return claimed === null ? Math.floor(sweep.distance_m.length / 4) : nearest(sweep, claimed);
  }

  // Who names the distance that is read.
  function claimedBy(sweep, at) {
    const names = rivals().filter(({ lo_m: low, hi_m: high }) => nearest(sweep, low) === at
      || (high !== null && nearest(sweep, high) === at)).map(claimName);
    return names.length ? ` Named by: ${listed([...new Set(names)])}.` : "";
  }

  function claimName(rival) {
    return rival.title ? `${rival.speaker} (“${rival.title}”)` : rival.speaker;
  }

  function nearest(sweep, metres) {
    let at = 0;
    sweep.distance_m.forEach((value, index) => { if (
      Math.abs(value - metres) < Math.abs(sweep.distance_m[at] - metres)) at = index; });
    return at;
  }

  function axes() {
    const { x, y, width, height } = frame;
    const floor = y(0);
    return s("g", { class: "axes" },
      ticks(0, y.high, 6).map((value) => [rule(54, y(value), width - 16, y(value), "grid"),
        text(46, y(value) + 4, count(value), "tick", "end")]),
      ticks(0, x.high / 1000, width / 90).map((km) =>
        [rule(x(km * 1000), floor, x(km * 1000), floor + 5, "tick-mark"),
        text(x(km * 1000), floor + 18, plain(km), "tick", "middle")]),
      ticks(0, x.high / MILE, width / 90).map((mi) =>
        [rule(x(mi * MILE), floor + 26, x(mi * MILE), floor + 30, "tick-mark"),
        text(x(mi * MILE), floor + 42, plain(mi), "tick soft", "middle")]),
      text(8, floor + 18, "km", "tick unit"), text(8, floor + 42, "mi", "tick unit"),
      text((54 + width) / 2, height - 4, "stand-off distance from the line", "tick unit", "middle"));
  }

  function curves(sweep) {
    const { x, y } = frame;
    const points = (values) => sweep.distance_m.map((metres, index) => [metres, values[index]]);
    const sure = steps(points(sweep.sure), x, y);
    const possible = steps(points(sweep.possible), x, y);
    const back = points(sweep.sure).reverse();
    const between = `${possible}${back.map(([at, value], index) =>
      (index === 0 ? `V${n1(y(value))}` : `V${n1(y(value))}H${n1(x(at))}`)).join("")}Z`;
    const last = sweep.distance_m.length - 1;
    return s("g", { class: "curves" },
      s("path", { class: "sweep-between", d: between }),
      s("path", { class: "sweep-points", d: steps(points(sweep.as_points), x, y) }),
      s("path", { class: "sweep-possible", d: possible }), s("path", { class: "sweep-sure", d: sure }),
      [["possibly nearer", sweep.possible, "sweep-name possible", -7],
        ["surely nearer", sweep.sure, "sweep-name", 16]].map(([words, values, name, dy]) =>
        text(x(x.high) - 4, y(values[last]) + dy, words, name, "end")));
  }

  // Short names stand at the head of their hairline, on as many levels as they need; equal distances share one. Where
  // the chart is too narrow for names, numbers lead to the rows of the table below.
  function layout(list, width, sweep) {
    const x = scale(0, sweep.distance_m.at(-1), 54, width - 16);
    const levels = [];
    const shared = groupedBy(list.filter((rival) => rival.lo_m <= x.high).map((rival) => ({ rival,
      number: list.indexOf(rival) + 1 })), ({ rival }) => `${rival.lo_m} ${rival.hi_m}`);
    const marks = shared.map((group) => {
      const { rival } = group[0];
      const more = group.length > 1 ? ` and ${group.length - 1} more` : "";
      const label = width < 640 ? group.map(({ number }) => number).join(", ") : rival.label + more;
      const room = 6.3 * label.length + 12;
      const at = x(rival.lo_m);
      const left = at + room > width ? at - room : at;
      let level = levels.findIndex((end) => end < left);
      if (level < 0) level = levels.push(0) - 1;
      levels[level] = left + room;
      return { rival, label, level, end: left < at };
    });
    return { marks, levels: levels.length };
  }

  function rivalMark({ rival, label, level, end }, x, y) {
    const top = 14 + 15 * level;
    const from = x(rival.lo_m);
    const to = rival.hi_m === null ? x(x.high) : x(Math.min(rival.hi_m, x.high));
    return s("g", { class: `rival ${rival.kind}` }, s("title", null, `${rival.speaker}: ${rival.words}`),
      to - from > 1 ? box(from, top + 4, to - from, y(0) - top - 4, "rival-strip") : null,
      rule(from, top - 8, from, y(0), "rival-hair"),
      text(end ? from - 4 : from + 4, top, label, "rival-name", end ? "end" : "start"));
  }

  function show(at) {
    const { x, y } = frame;
    const sweep = chosen();
    const px = x(sweep.distance_m[at]);
    fill(hair, rule(px, y(y.high), px, y(0), "hair-line"), [sweep.sure, sweep.possible].map((values) =>
      s("circle", { class: "hair-dot", cx: n1(px), cy: n1(y(values[at])), r: 3.5 })));
  }

  function read(at) {
    const sweep = chosen();
    slider.value = at;
    slider.setAttribute("aria-valuetext", distance(sweep.distance_m[at]));
    show(at);
    fill(output, "Nearer than ", h("strong", null, distance(sweep.distance_m[at])), ": ", behind(sweep, at, "sure"),
      " surely, ",
      behind(sweep, at, "possible"), " possibly. Counting each report as a point would give ",
        count(sweep.as_points[at]), ".", claimedBy(sweep, at));
  }

  function behind(sweep, at, kind) {
    const number = count(sweep[kind][at]);
    return sweep.rows ? rowsLink(number, { [kind]: String(sweep.distance_m[at]), show: "vina" }, `reports, ${kind}`)
      : number;
  }

  function table(sweep) {
    const claimed = [...rivals(), ...uncharted()];
    return [wideTable("Claimed distances", h("table", { class: "plain" },
      h("caption", null, "The distances that somebody claims, asks or offers"),
      h("thead", null, h("tr", null, ["No.", "Who", "Distance", "In words", "Surely nearer", "Possibly nearer"].map(
        (words) => h("th", { scope: "col" }, words)))),
      h("tbody", null, claimed.map((rival, index) => {
        const low = nearest(sweep, rival.lo_m);
        const high = nearest(sweep, Math.min(rival.hi_m ?? sweep.distance_m.at(-1), sweep.distance_m.at(-1)));
        const unread = rival.line === null ? "from a line whose course is not public"
          : rival.lo_m > sweep.distance_m.at(-1) ? "beyond the sweep" : null;
        return h("tr", null, h("td", null, index + 1), h("th", { scope: "row" }, told(rival.speaker),
          h("span", { class: "soft" }, ", ", rival.kind === "demand" ? "asked or offered" : told(rival.title
            ? `reading “${rival.title}”` : "a reading")), rival.id ? [" ", h("code", { class: "id" }, rival.id)] : null),
          h("td", null, span(rival.lo_m, rival.hi_m)), h("td", null, told(rival.words)),
          unread ? h("td", { colspan: 2 }, unread) : [h("td", { class: "number" }, behind(sweep, low, "sure")),
            h("td", { class: "number" }, behind(sweep, high, "possible"))]);
      })))), curveTable(sweep)];
  }

  function curveTable(sweep) {
    const every = Math.max(1, Math.round(sweep.distance_m.length / 24));
    return h("details", { class: "under" }, h("summary", null, "Table: the curves"),
      wideTable("The curves", h("table", { class: "plain" },
        h("caption", null, `${sweep.set_title}, every ${every === 1 ? "" : `${every}th `}step`),
        h("thead", null, h("tr", null, ["Nearer than", "Surely", "Possibly", "Counted as points"].map(
          (words) => h("th", { scope: "col" }, words)))),
        h("tbody", null, sweep.distance_m.map((metres, at) =>
          (at % every ? null : h("tr", null, h("th", { scope: "row" }, distance(metres)),
          h("td", { class: "number" }, behind(sweep, at, "sure")),
            h("td", { class: "number" }, behind(sweep, at, "possible")),
          h("td", { class: "number" }, count(sweep.as_points[at])))))))));
  }

  return { draw };
}
