// The map: where each report surely lies. A mark only where the place is exact; a wide place is an area.

function makeMap(host, painted) {
  const stage = h("div", { class: "stage map-stage" });
  const layers = {};
  let view = null;
  let marks = [];
  let groups = [];
  let moved = false;
  const card = makeCard(stage, host); // beside the map where there is room, so that it hides no place
  const keys = keyList(stage, {
    label: "Reports on the map. Arrow keys go from place to place, Enter explains, plus and minus zoom, zero fits.",
    items: () => reachable(),
    words: spotWords,
    show: ring,
    open: (group) => openGroup(group, keys.element),
    extra: zoomKeys,
  });
  const svg = s("svg", { class: "chart map", role: "img" });
  wirePointer(svg, {
    hit: under,
    hover: ring,
    pick: (group) => { if (group) openGroup(group, keys.element); else card.close(); },
    drag: (dx, dy) => { view.moveBy(dx, dy); moved = true; soon(); },
    zoom: (factor, x, y) => { view.zoomBy(factor, x, y); moved = true; soon(); },
  });
  host.prepend(stage);
  stage.prepend(svg, h("div", { class: "map-tools" },
    tool("+", "Zoom in", () => view.zoomBy(1.6)), tool("−", "Zoom out", () => view.zoomBy(1 / 1.6)),
    tool("Fit", "Fit the lines and bands", () => view.fit(frameOf())),
    tool("All", "Show all reports", () => view.fit(allPlaces()))));

  function tool(words, label, act) {
    return h("button", { type: "button", class: "tool", "aria-label": label, title: label,
      onclick: () => { act(); moved = true; paint(); } }, words);
  }

  function allPlaces() {
    const points = groups.filter((group) => D.spots.lon[group.spot] !== null)
      .map(({ spot }) => [D.spots.lon[spot], D.spots.lat[spot]]).flat();
    return boundsOf([points]) ?? frameOf();
  }

  function zoomKeys(event) {
    const step = 60;
    const act = {
      "+": () => view.zoomBy(1.6), "=": () => view.zoomBy(1.6), "-": () => view.zoomBy(1 / 1.6),
      0: () => view.fit(frameOf()),
    }[event.key] ?? (event.shiftKey && {
      ArrowLeft: () => view.moveBy(step, 0), ArrowRight: () => view.moveBy(-step, 0),
      ArrowUp: () => view.moveBy(0, step), ArrowDown: () => view.moveBy(0, -step),
    }[event.key]);
    if (!act) return false;
    act();
    moved = true;
    paint();
    return true;
  }

  function draw() {
    const width = widthOf(stage, 260);
    const height = Math.round(Math.min(width * (width < 560 ? 1.15 : 0.86), 720));
    const frame = frameOf();
    const old = view;
    view = makeView(width, height, Math.cos(((frame[1] + frame[3]) / 2) * Math.PI / 180));
    if (moved && old) Object.assign(view, { lon: old.lon, lat: old.lat, zoom: old.zoom });
    else view.fit(frame, width < 560 ? 18 : 34);
    groups = bySpot(current());
    paint();
  }

  function paint() {
    const room = labelRoom();
    const wide = groups.filter((group) => isPlaced(group.spot) && !isExact(group.spot));
    layers.wide = wide;
    marks = groups.filter((group) => isExact(group.spot)).flatMap(marksOf);
    const inFrame = marks.filter((mark) => view.holds(mark.x, mark.y, 10));
    put(svg, { viewBox: `0 0 ${view.width} ${view.height}`, width: view.width, height: view.height,
      "aria-label": mapLabel() }, []);
    const layer = (name) => { layers[name] = s("g", { class: name }); return layers[name]; };
    marksRoom(room, inFrame);
    room.take({ x: view.width - 56, y: 0, w: 56, h: 150 }); // the buttons
    room.take({ x: 0, y: view.height - 46, w: 200, h: 46 }); // the scale
    const names = drawNames(view, room);
    fill(svg, drawGround(view, state.reading), areaLayer(wide), names.dots, layer("marks"), names.words,
      layer("labels"), layer("rims"), layer("over"), scaleBar(view));
    drawMarks(layers.marks, inFrame);
    countLabels(layers.labels, inFrame, room, { left: 3, top: 3, right: view.width - 3, bottom: view.height - 3 });
    rimTags(wide, room);
    ring(null);
    painted();
  }

  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(); });
  }

  function marksOf(group) {
    const x = view.x(D.spots.lon[group.spot]);
    const y = view.y(D.spots.lat[group.spot]);
    return groupMarks(group, x, y, view.width < 560 ? 0.78 : 1).map((mark) => ({ ...mark, group }));
  }

  // Areas of one verdict are one shape, so that piles of them do not turn opaque; outlines stay single.
  function areaLayer(wide) {
    const many = wide.filter(({ spot }) => seen(spot)).length > 24;
    return s("g", { class: many ? "areas many" : "areas" },
      [NOT_APPLICABLE, NO_VIOLATION, INDETERMINATE, VIOLATION].map((verdict) => {
      const d = wide.filter((group) => group.tally[verdict] > 0).map((group) => areaOf(view, group.spot)).join("");
      return d === "" ? null : [s("path", { class: `area-fill a${verdict}`, d }),
        s("path", { class: `area-rim a${verdict}`, d })];
    }));
  }

  function seen(spot) {
    if (isRegion(spot)) return true;
    const r = view.pixels(D.spots.radius_m[spot]);
    return view.holds(view.x(D.spots.lon[spot]), view.y(D.spots.lat[spot]), r);
  }

  // How many reports lie somewhere in an area is written on its rim, never at its centre.
  function rimTags(wide, room) {
    const tags = wide.map((group) => ({ group, ...rimPoint(group.spot) }))
      .filter(({ group, x, y }) => group.rows.length >= (wide.length < 12 ? 1 : 3) && view.holds(x, y, -14)).sort(
        (a, b) => b.group.rows.length - a.group.rows.length);
    fill(layers.rims, tags.map(({ group, x, y }) => {
      const words = count(group.rows.length);
      const width = 16 + 6.4 * words.length;
      if (!room.claim({ x: x - width / 2, y: y - 8, w: width, h: 16 })) return null;
      const verdict = SHOWN_ORDER.find((code) => group.tally[code] > 0);
      return s("g", { class: "rim-tag" },
        s("rect", { x: n1(x - width / 2), y: n1(y - 8), width: n1(width), height: 16, rx: 8 }),
        s("path", { class: `mark m${verdict}`, d: SHAPES[verdict](x - width / 2 + 8, y, 3.2) }),
        text(x - width / 2 + 14, y + 4, words, "rim-count"));
    }));
  }

  function rimPoint(spot) {
    if (!isRegion(spot)) {
      return { x: view.x(D.spots.lon[spot]), y: view.y(D.spots.lat[spot]) - view.pixels(D.spots.radius_m[spot]) };
    }
    const flat = D.regions[D.spots.region[spot]].flat();
    let top = 0;
    for (let i = 0; i < flat.length; i += 2) if (flat[i + 1] > flat[top + 1]) top = i;
    return { x: view.x(flat[top]), y: view.y(flat[top + 1]) + 10 };
  }

  function reachable() {
    return groups.filter((group) => isPlaced(group.spot)).map((group) => ({ group, ...middleOf(group.spot) }))
      .filter(({ x, y }) => view.holds(x, y)).sort((a, b) => a.x - b.x || a.y - b.y).map(({ group }) => group);
  }

  function middleOf(spot) {
    if (!isRegion(spot)) return { x: view.x(D.spots.lon[spot]), y: view.y(D.spots.lat[spot]) };
    return rimPoint(spot);
  }

  function ring(group) {
    const chosen = state.report === "" ? null : D.spot[rowOfReport.get(state.report)];
    fill(layers.over, [chosen === null ? null : ringOf(chosen, "ring chosen"),
      group ? ringOf(group.spot, "ring focus") : null]);
  }

  function ringOf(spot, name) {
    if (!isPlaced(spot)) return null;
    if (!isExact(spot)) return s("path", { class: `${name} wide`, d: areaOf(view, spot) });
    const r = Math.max(13, view.pixels(D.spots.radius_m[spot]));
    return s("path", { class: name, d: circlePath(view.x(D.spots.lon[spot]), view.y(D.spots.lat[spot]), r) });
  }

  // The nearest mark within reach; else the smallest area under the pointer.
  function under(x, y) {
    let best = null;
    let least = 14;
    for (const mark of marks) {
      const away = Math.hypot(mark.x - x, mark.y - y) - mark.r * 0.7;
      if (away < least) { least = away; best = mark.group; }
    }
    if (best) return best;
    const hits = (layers.wide ?? []).filter(({ spot }) => !isRegion(spot)
      && Math.hypot(view.x(D.spots.lon[spot]) - x, view.y(D.spots.lat[spot]) - y) <= view.pixels(
        D.spots.radius_m[spot]));
    return hits.sort((a, b) => D.spots.radius_m[a.spot] - D.spots.radius_m[b.spot])[0] ?? null;
  }

  function openGroup(group, focusBack) {
    const rows = [...group.rows].sort((a, b) => current().verdictOf(b) - current().verdictOf(a) || a - b);
    const { x, y } = middleOf(group.spot);
    if (!view.holds(x, y)) {
      view.moveBy(view.width / 2 - x, view.height / 2 - y);
      moved = true;
      paint();
    }
    card.open({ rows, x: middleOf(group.spot).x, focusBack });
    ring(group);
  }

  function mapLabel() {
    const { rows } = current();
    return `Map under ${readingWords(state.reading)}: ${reports(rows.length)}. The same rows are in the table below.`;
  }

  function outside() {
    const placed = groups.filter((group) => isPlaced(group.spot));
    const inside = placed.filter((group) => {
      const { x, y } = middleOf(group.spot);
      return view.holds(x, y);
    });
    const sum = (list) => list.reduce((total, group) => total + group.rows.length, 0);
    return { placed: sum(placed), outside: sum(placed) - sum(inside) };
  }

  function restore() {
    if (state.report === "") return;
    const group = groups.find(({ rows }) => rows.includes(rowOfReport.get(state.report)));
    if (group && isPlaced(group.spot)) openGroup(group, keys.element);
  }

  return { draw, ring: () => ring(null), card, restore, outside,
    fitAll: () => { view.fit(allPlaces()); moved = true; paint(); },
    refit: () => { moved = false; draw(); } };
}

function spotWords(group) {
  const parts = SHOWN_ORDER.filter((verdict) => group.tally[verdict] > 0)
    .map((verdict) => `${count(group.tally[verdict])} ${VERDICTS[verdict].word}`);
  return `${placeWords(group.rows[0])}, ${precisionWords(group.spot)}: ${reports(group.rows.length)}, `
    + `${listed(parts)} under ${readingWords(state.reading)}`;
}
