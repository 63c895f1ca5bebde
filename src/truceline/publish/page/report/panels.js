// Readings side by side, all at the same scale: small maps or small strips, each a button for its reading.

function makePanels(host) {
  const grid = h("ul", { class: "panels" });
  const switcher = h("fieldset", { class: "pair" }, h("legend", { class: "unseen" }, "Show the readings as"),
    [["maps", "Small maps"], ["strips", "Small strips"]].map(([value, words]) => {
      const id = freshId("panels");
      return [h("input", { type: "radio", name: "panels", id, value, checked: state.panels === value,
        onchange: () => update({ panels: value }) }), h("label", { for: id }, words)];
    }));
  host.append(h("p", { class: "figure-tools" }, switcher), grid);

  function draw() {
    for (const input of switcher.querySelectorAll("input")) input.checked = input.value === state.panels;
    const readings = judgedReadings(state.clause);
    const groups = groupsOf(state.clause).flatMap((group) => groupedBy(group, ({ id }) => bandKey(id)));
    const reach = stripReach(lineOf.get(state.line) ?? { id: "" }, readings.map(({ id }) => id));
    const frame = frameOf();
    fill(grid, groups.map((group) => panel(group, frame, reach)));
    byId("panels-heading").textContent = groups.length === readings.length
      ? `The same reports under ${readings.length} readings, at one scale`
      : `${readings.length} readings give ${groups.length} picture${groups.length === 1 ? "" : "s"} of the same reports, at one scale`;
  }

  function bandKey(id) {
    return JSON.stringify(bandsUnder(state.clause, id).map((band) =>
      [band.line, band.from_lo_m, band.from_hi_m, band.to_lo_m, band.to_hi_m, band.both_sides, band.station_from_m,
        band.station_to_m]));
  }

  function panel(group, frame, reach) {
    const reading = group.find(({ id }) => id === state.reading) ?? group[0];
    const shownHere = select(reading.id);
    const words = VERDICTS.map((verdict, code) => `${shownHere.tally[code]} ${verdict.many}`).reverse().join(", ");
    return h("li", { class: reading.id === state.reading ? "panel chosen" : "panel" },
      h("button", { type: "button", class: "panel-name", "aria-pressed": String(reading.id === state.reading),
        title: listed(group.map(nameOf)), onclick: () => update({ reading: reading.id }) },
      h("span", { class: "clip" }, told(groupWords([reading, ...group.slice(1)])),
        h("span", { class: "soft" }, " ", told(group.length === 1 ? holderOf(reading) : ""))), hidden(`: ${words}`)),
      state.panels === "maps" ? smallMap(reading, frame, shownHere) : smallStrip(reading, reach, shownHere),
      h("p", { class: "panel-counts", "aria-hidden": "true" }, [VIOLATION, INDETERMINATE, NO_VIOLATION].map((verdict) =>
        h("span", null, glyph(verdict), " ", count(shownHere.tally[verdict])))),
      undisclosedWords(reading));
  }

  function undisclosedWords(reading) {
    const bands = bandsUnder(state.clause, reading.id);
    if (reading.denies.includes(state.clause)) return h("p", { class: "panel-note" }, "denies the clause");
    if (bands.some((band) => band.undisclosed)) return h("p", { class: "panel-note" }, "no distance is public");
    return bands.length === 0 ? null : h("p", { class: "panel-note" },
      told([...new Set(bands.map((band) => band.words))].join("; ")));
  }

  function smallMap(reading, frame, shownHere) {
    const [width, height] = [260, 220];
    const view = makeView(width, height, Math.cos(((frame[1] + frame[3]) / 2) * Math.PI / 180));
    view.fit(frame, 14);
    const layer = s("g");
    const marks = bySpot(shownHere).filter((group) => isExact(group.spot)).flatMap((group) =>
      groupMarks(group, view.x(D.spots.lon[group.spot]), view.y(D.spots.lat[group.spot]), 0.62))
      .filter((mark) => view.holds(mark.x, mark.y, 6));
    drawMarks(layer, marks);
    return s("svg", { class: "chart small", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
      drawGround(view, reading.id, true), layer);
  }

  function smallStrip(reading, reach, shownHere) {
    const line = lineOf.get(state.line);
    if (!line) return null;
    const frame = stripFrame(line, 260, reach, true);
    const layer = s("g");
    drawMarks(layer, bySpot(shownHere).filter((group) => standsAlone(frame, line, group.spot))
      .flatMap((group) => groupMarks(group, stripPoint(frame, group.spot).x, stripPoint(frame, group.spot).y, 0.55)));
    return s("svg", { class: "chart small", viewBox: `0 0 260 ${frame.height}`, "aria-hidden": "true" },
      stripGround(frame, line, reading.id), layer);
  }

  function standsAlone(frame, line, spot) {
    const at = locatedOn(line.id, spot);
    return at !== null && !isAnywhere(at, line) && hasMiddle(frame, spot);
  }

  return { draw };
}
