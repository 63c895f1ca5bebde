// The strip chart: station along the line against signed offset from it, the bands of the reading behind.

function makeStrip(host) {
  const stage = h("div", { class: "stage strip-stage" });
  const note = h("p", { class: "figure-note" });
  const layers = {};
  let frame = null;
  let groups = [];
  let marks = [];
  let bins = [];
  let reach = 0; // how far out the chart goes, in metres; 0 lets the bands decide
  const card = makeCard(stage);
  const svg = s("svg", { class: "chart strip", role: "img" });
  const keys = keyList(stage, {
    label: "Reports on the strip chart. Arrow keys go from place to place along the line, Enter explains.",
    items: () => groups.filter((group) => hasMiddle(frame, group.spot)),
    words: (group) => (group.bin ? binWords(group)
      : `${spotWords(group)}; offset ${offsetWords(state.line, group.spot)}`),
    show: ring,
    open: (group) => openGroup(group, keys.element),
  });
  wirePointer(svg, {
    hit: under,
    hover: ring,
    pick: (group) => { if (group) openGroup(group, keys.element); else card.close(); },
  });
  const wider = h("button", { type: "button", onclick: () => { reach = frame.y.high * 2; draw(); } },
    "Look farther out");
  const nearer = h("button", { type: "button", onclick: () => { reach = frame.y.high / 2; draw(); } }, "Look nearer");
  stage.prepend(svg);
  host.append(stage, note, h("p", { class: "figure-tools" }, nearer, wider));

  function draw() {
    const line = lineOf.get(state.line);
    stage.hidden = !line;
    if (!line) return;
    frame = stripFrame(line, widthOf(stage), reach
      || stripReach(line, judgedReadings(state.clause).map(({ id }) => id)));
    put(svg, { viewBox: `0 0 ${frame.width} ${frame.height}`, width: frame.width, height: frame.height,
      "aria-label": `Strip chart along ${line.title} under ${readingWords(state.reading)}` }, []);
    const all = bySpot(current()).filter((group) => locatedOn(line.id, group.spot));
    const within = all.filter((group) => reachesStrip(frame, group.spot));
    const binned = (group) => isAnywhere(locatedOn(line.id, group.spot), line) && hasMiddle(frame, group.spot);
    bins = anywhereBins(frame, within.filter(binned));
    groups = [...within.filter((group) => !binned(group))
      .sort((a, b) => stripPoint(frame, a.spot).x - stripPoint(frame, b.spot).x), ...bins];
    marks = groups.filter((group) => !group.bin && hasMiddle(frame, group.spot)).flatMap((group) => {
      const { x, y } = stripPoint(frame, group.spot);
      return groupMarks(group, x, y, (isExact(group.spot) ? 1 : 0.8) * (frame.width < 560 ? 0.78 : 1)).map(
        (mark) => ({ ...mark, group }));
    });
    const layer = (name) => { layers[name] = s("g", { class: name }); return layers[name]; };
    fill(svg, stripGround(frame, line, state.reading), drawBins(frame, bins), crosses(), layer("marks"),
      layer("labels"), layer("over"));
    drawMarks(layers.marks, marks);
    const room = labelRoom();
    marksRoom(room, marks);
    const { margin } = frame;
    countLabels(layers.labels, marks, room, { left: margin.left, top: margin.top + 2,
      right: frame.width - margin.right, bottom: frame.height - margin.bottom });
    ring(null);
    explainRange(line, all, within);
  }

  function crosses() {
    return s("g", { class: "crosses" }, [NOT_APPLICABLE, NO_VIOLATION, INDETERMINATE, VIOLATION].map((verdict) => {
      const some = groups.filter((group) => !group.bin && group.tally[verdict] > 0);
      const d = (exact) => some.filter((group) => isExact(group.spot) === exact && hasMiddle(frame, group.spot)).map(
        (group) => crossPath(frame, group.spot)).join("");
      return [s("path", { class: `cross a${verdict} vague`, d: d(false) }),
        s("path", { class: `cross a${verdict}`, d: d(true) })];
    }));
  }

  function explainRange(line, all, within) {
    const sum = (list) => list.reduce((total, group) => total + group.rows.length, 0);
    const { rows } = current();
    const there = sum(within);
    const missing = rows.length - sum(all);
    const lumped = sum(bins);
    const middles = sum(within.filter((group) => hasMiddle(frame, group.spot))) - lumped;
    byId("strip-heading").textContent = `${count(there)} of ${reports(rows.length)} may lie within ${distance(
      frame.y.high)} of ${line.title}`;
    fill(note, `A mark stands at the middle of ${count(middles)} intervals`,
      lumped ? `; ${count(lumped)} that may lie anywhere along the line are counted at the right edge` : "",
      `; ${count(there - middles - lumped)} more reach into the chart and have their middle farther out. `,
      `${count(sum(all) - there)} reports surely lie farther out than ${distance(frame.y.high)}; `,
      missing ? [rowsLink(count(missing), { place: "off" }, "reports not located"),
        " cannot be set against this line. "] : "all could be set against this line. ",
      bandWords(line));
  }

  function bandWords(line) {
    const bands = bandsUnder(state.clause, state.reading);
    if (bands.length === 0) return "This reading draws no band.";
    const here = bands.filter((band) => band.line === line.id);
    const elsewhere = bands.filter((band) => band.line !== line.id);
    return [here.map((band) => (band.undisclosed
      ? ["From this line ", h("strong", null, "no distance is public"), " (", told(band.words), "): nothing is drawn. "]
      : ["Band: ", told(band.words), ". "])),
    [...new Set(elsewhere.map((band) => band.words))].map(
      (words) => ["Also, from another line or none: ", told(words), ". "])];
  }

  function ring(group) {
    const row = state.report === "" ? undefined : rowOfReport.get(state.report);
    const chosen = row === undefined ? null : groups.find(({ rows }) => rows.includes(row));
    fill(layers.over, [chosen ? ringOn(chosen, "ring chosen") : null, group ? ringOn(group, "ring focus") : null]);
  }

  function ringOn(group, name) {
    if (group.bin) return binBox(frame, group, name);
    const { x, y } = stripPoint(frame, group.spot);
    return s("path", { class: name, d: circlePath(x, y, 13) + crossPath(frame, group.spot) });
  }

  function under(x, y) {
    let best = bins.find((bin) => inBin(frame, bin, x, y)) ?? null;
    let least = 14;
    for (const mark of marks) {
      const away = Math.hypot(mark.x - x, mark.y - y) - mark.r * 0.7;
      if (away < least) { least = away; best = mark.group; }
    }
    return best;
  }

  function openGroup(group, focusBack) {
    const rows = [...group.rows].sort((a, b) => current().verdictOf(b) - current().verdictOf(a) || a - b);
    card.open({ rows, x: stripPoint(frame, group.spot).x, focusBack });
    ring(group);
  }

  return { draw, ring: () => ring(null), card, forget: () => { reach = 0; } };
}

// How far the chart must reach to hold the bands of some readings on this line.
function stripReach(line, readings) {
  const far = readings.flatMap((reading) => bandsUnder(state.clause, reading)).filter((band) => band.line === line.id)
    .map((band) => band.to_hi_m ?? band.to_lo_m);
  return far.some((metres) => metres > 0) ? Math.max(15_000, 5_000 * Math.ceil(0.00028 * Math.max(...far))) : 30_000;
}

function stripFrame(line, width, reach, small) {
  const height = small ? 150 : Math.round(Math.min(580, Math.max(360, width * 0.5)));
  const margin = small ? { left: 8, right: 8, top: 8, bottom: 8 } : { left: 52, right: 52, top: 34, bottom: 66 };
  const gutter = small ? 14 : width < 560 ? 24 : 44; // beyond the ends, where a line has no sides
  const lane = small ? 0 : width < 560 ? 46 : 120; // at the right edge: reports that may lie anywhere along the line
  const x = scale(0, line.length_km * 1000, margin.left + gutter, width - margin.right - gutter - lane);
  const y = scale(-reach * 0.42, reach, height - margin.bottom, margin.top);
  return { line, width, height, margin, gutter, lane, x, y, small };
}

function isBeyond(at) {
  return at.either && at.to - at.from <= 2; // both bounds were rounded outwards to a metre
}

// A report whose stations span more than half of the line has no middle worth showing.
function isAnywhere(at, line) {
  return !isBeyond(at) && at.to - at.from > 500 * line.length_km;
}

// The middle of a report's interval; beyond an end, or where it may lie anywhere along the line, it stands in a
// margin of its own, spread so that marks can be told apart.
function stripPoint(frame, spot) {
  const at = locatedOn(frame.line.id, spot);
  const y = frame.y(Math.min(frame.y.high, Math.max(frame.y.low, (at.low + at.high) / 2)));
  const spread = ((spot * 0.618034) % 1) * (frame.gutter - 12);
  if (isAnywhere(at, frame.line)) return { x: frame.x(frame.x.high) + frame.gutter + frame.lane / 2, y };
  if (!isBeyond(at)) return { x: frame.x((at.from + at.to) / 2), y };
  return at.from <= 0 ? { x: frame.x(0) - 6 - spread, y } : { x: frame.x(frame.x.high) + 6 + spread, y };
}

// Does the interval of a report reach into the chart? Does its middle, where a mark would stand?
function reachesStrip(frame, spot) {
  const at = locatedOn(frame.line.id, spot);
  return at.low <= frame.y.high && at.high >= frame.y.low;
}

function hasMiddle(frame, spot) {
  const at = locatedOn(frame.line.id, spot);
  const middle = (at.low + at.high) / 2;
  return middle <= frame.y.high && middle >= frame.y.low;
}

function crossPath(frame, spot) {
  const at = locatedOn(frame.line.id, spot);
  const { x, y } = stripPoint(frame, spot);
  const inside = (metres) => frame.y(Math.min(frame.y.high, Math.max(frame.y.low, metres)));
  const across = isBeyond(at) || isAnywhere(at, frame.line) ? ""
    : `M${n1(frame.x(at.from))} ${n1(y)}H${n1(frame.x(at.to))}`;
  const mirrored = at.either ? `M${n1(x)} ${n1(inside(-at.low))}V${n1(inside(-at.high))}` : "";
  return `${across}M${n1(x)} ${n1(inside(at.low))}V${n1(inside(at.high))}${mirrored}`;
}

function stripGround(frame, line, reading) {
  const { x, y, width, height, margin, gutter, lane } = frame;
  const left = x(0);
  const right = x(x.high);
  return s("g", { class: "strip-ground" },
    box(left, margin.top, right - left, height - margin.top - margin.bottom, "plot-back"),
    box(left - gutter, margin.top, gutter, height - margin.top - margin.bottom, "gutter"),
    box(right, margin.top, gutter, height - margin.top - margin.bottom, "gutter"),
    lane ? box(right + gutter, margin.top, lane, height - margin.top - margin.bottom, "lane") : null,
    bandsUnder(state.clause, reading).filter((band) => band.line === line.id && !band.undisclosed).map(
      (band) => stripBand(frame, band)),
    line.uncertainty_m ? box(left, y(line.uncertainty_m), right - left, y(-line.uncertainty_m) - y(line.uncertainty_m),
      "line-error") : null,
    frame.small ? null : stripAxes(frame, line, reading),
    rule(left, y(0), right, y(0), "line-zero"),
    frame.small ? null : [text(left + 6, margin.top - 8, `↑ plus side: ${line.plus}`, "axis-note"),
      width < 560 ? null : text(right, margin.top - 8, line.title, "axis-note strong", "end"),
      width < 560 ? null : text(right + gutter + lane / 2, margin.top - 8, "anywhere along it", "axis-note", "middle")]);
}

// Solid where the band surely is, hatched where it may be.
function stripBand(frame, band) {
  const { x, y } = frame;
  const from = x(band.station_from_m ?? 0);
  const to = x(band.station_to_m ?? x.high);
  const top = band.to_hi_m ?? y.high;
  const sides = band.both_sides ? [1, -1] : [1];
  const strip = (low, high, name) => sides.map((side) => {
    const [a, b] = [side * low, side * high].map((metres) => y(Math.min(y.high, Math.max(y.low, metres))));
    return Math.abs(a - b) < 0.3 ? null : box(from, Math.min(a, b), to - from, Math.abs(a - b), name);
  });
  return s("g", { class: "band" },
    band.to_lo_m > band.from_hi_m
      ? [strip(band.from_lo_m, band.from_hi_m, "band-possible"), strip(band.from_hi_m, band.to_lo_m, "band-sure"),
        strip(band.to_lo_m, top, "band-possible")]
      : strip(band.from_lo_m, top, "band-possible"),
    sides.map((side) => [band.to_lo_m, band.to_hi_m].filter(
      (metres) => metres && metres < y.high && side * metres > y.low)
      .map((metres) => rule(from, y(side * metres), to, y(side * metres), "band-edge"))));
}

function stripAxes(frame, line) {
  const { x, y, width, height, margin, gutter, lane } = frame;
  const floor = height - margin.bottom;
  const kms = ticks(y.low / 1000, y.high / 1000, 7);
  const miles = ticks(y.low / MILE, y.high / MILE, 7);
  const room = labelRoom();
  return s("g", { class: "axes" },
    kms.map((km) => [rule(x(0) - gutter, y(km * 1000), x(x.high) + gutter + lane, y(km * 1000), "grid"),
      text(margin.left - 8, y(km * 1000) + 4, plain(km), "tick", "end")]),
    miles.map((mi) => text(width - margin.right + 8, y(mi * MILE) + 4, plain(mi), "tick")),
    text(margin.left - 8, margin.top - 8, "km", "tick unit", "end"),
      text(width - margin.right + 8, margin.top - 8, "mi", "tick unit"),
    ticks(0, line.length_km, Math.max(3, width / 110)).map(
      (km) => [rule(x(km * 1000), floor, x(km * 1000), floor + 5, "tick-mark"),
      text(x(km * 1000), floor + 18, plain(km), "tick", "middle")]),
    text(x(x.high / 2), height - 8, "station along the line, km", "tick unit", "middle"),
    [[x(0) - gutter / 2, "beyond the end"], [x(x.high) + gutter / 2, "beyond the end"],
      ...(width < 560 ? [[x(x.high) + gutter + lane - 8, "anywhere along"]] : [])].map(([at, words]) =>
      s("text", { class: "gutter-words", "text-anchor": "start",
        transform: `translate(${n1(at + 4)} ${n1(floor - 8)}) rotate(-90)` }, words)),
    line.places.map((place) => {
      const at = x(place.station_km * 1000);
      const w = 7.6 * place.name.length + 8;
      if (at - w / 2 < 0 || at + w / 2 > width || !room.claim({ x: at - w / 2, y: 0, w, h: 10 })) return null;
      return [rule(at, margin.top, at, floor, "place-line"), text(at, floor + 36, place.name, "place-name", "middle")];
    }));
}
