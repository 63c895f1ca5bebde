// The ground of a map: land and sea, borders, names, the reference lines and the bands of a reading.

function drawGround(view, reading, small) {
  const extent = D.base.extent;
  return s("g", { class: "ground" },
    D.base.land.length === 0 ? box(0, 0, view.width, view.height, "bare")
      : extent ? s("path", { class: "sea", d: rings(view, [cornersOf(extent)]) })
      : box(0, 0, view.width, view.height, "sea"),
    s("path", { class: "land", d: rings(view, D.base.land) }),
    areasOf(state.clause).map((area) => s("path", { class: area.unsure ? "area unsure" : "area",
      d: rings(view, area.rings) })),
    bandsUnder(state.clause, reading).map((band) => drawBand(view, band)),
    [false, true].map((disputed) => s("path", {
      class: disputed ? "border disputed" : "border",
      d: D.base.borders.filter((border) => border.disputed === disputed).map(({ path }) => drawn(view, path)).join(""),
    })),
    D.lines.map((line) => drawLine(view, line, small)));
}

function cornersOf([west, south, east, north]) {
  return [west, south, east, south, east, north, west, north];
}

// The sure ground is cut out of the possible one, so that no ground is both solid and hatched.
function drawBand(view, band) {
  const sure = rings(view, band.outline_sure);
  return s("g", { class: "band" },
    s("path", { class: "band-possible", d: rings(view, band.outline_possible) + sure, "fill-rule": "evenodd" }),
    s("path", { class: "band-sure", d: sure, "fill-rule": "evenodd" }));
}

function drawLine(view, line, small) {
  const d = line.parts.map((part) => drawn(view, part)).join("");
  const used = line.id === state.line;
  const soft = Math.max(0, 2 * view.pixels(line.uncertainty_m));
  return s("g", { class: used ? "line used" : "line" },
    soft > 1.5 ? s("path", { class: "line-soft", d, "stroke-width": n1(soft) }) : null,
    s("path", { class: "line-casing", d }),
    s("path", { class: small ? "line-core small" : "line-core", d }));
}

// Names stand over the marks, their dots under them.
function drawNames(view, room) {
  const lines = [...D.lines].sort((a, b) => (b.id === state.line) - (a.id === state.line)).map(
    (line) => lineName(view, line, room));
  const places = [...D.base.places].sort((a, b) => (a.rank ?? 9) - (b.rank ?? 9)).map((place) => {
    const [x, y] = [view.x(place.lon), view.y(place.lat)];
    const label = view.holds(x, y, -12) ? freePlace(view, room, x, y, 7.6 * place.name.length + 2) : null;
    return label && { dot: s("circle", { class: "place-dot", cx: n1(x), cy: n1(y), r: 1.8 }),
      words: text(label.x, label.y + 11, place.name, "place-name") };
  }).filter(Boolean);
  return { dots: s("g", null, places.map(({ dot }) => dot)),
    words: s("g", { class: "names" }, lines, places.map(({ words }) => words)) };
}

// Where a name fits beside its dot: right, left, above, below, and then farther off.
function freePlace(view, room, x, y, w) {
  for (const gap of [6, 14, 22]) {
    const around = [[x + gap, y - 8], [x - gap - w, y - 8], [x - w / 2, y - gap - 14], [x - w / 2, y + gap]];
    for (const [left, top] of around) {
      const inside = left > 4 && left + w < view.width - 4 && top > 4 && top + 15 < view.height - 4;
      if (inside && room.claim({ x: left, y: top, w, h: 15 })) return { x: left, y: top };
    }
  }
  return null;
}

// The name of a line stands beyond one of its ends where that is in sight, else beside it.
function lineName(view, line, room) {
  const name = view.width < 560 ? line.title.split(",")[0] : line.title; // its first part, where room is short
  const w = 6.4 * name.length + 6;
  const seen = line.parts.flatMap((part) => pointsOf(view, part)).filter(([x, y]) => view.holds(x, y, -16));
  if (seen.length === 0) return null;
  const [first, last] = [seen[0], seen.at(-1)];
  const level = Math.abs(last[0] - first[0]) > 2 * Math.abs(last[1] - first[1]);
  const ends = first[1] <= last[1] ? [[first, -20], [last, 6]] : [[last, -20], [first, 6]];
  const beside = [0.5, 0.3, 0.7, 0.1, 0.9, 0.4, 0.6, 0.2, 0.8].flatMap((share) => {
    const [x, y] = alongPath(seen, share);
    return level ? [[x - w / 2, y - 22], [x - w / 2, y + 8]] : [[x + 12, y - 8], [x - 12 - w, y - 8]];
  });
  const tries = level ? beside : [...ends.map(([[x, y], dy]) => [x - w / 2, y + dy]), ...beside];
  const boxes = tries.map(([left, top]) => ({ x: left, y: top, w, h: 15 })).filter((box) => box.x > 4
    && box.x + w < view.width - (box.y < 150 ? 56 : 4) && box.y > 2 && box.y + 15 < view.height);
  const free = boxes.find((box) => room.claim(box));
  const fit = free ?? (line.id === state.line ? leastCrowded(boxes, room) : null);
  return fit ? text(fit.x, fit.y + 12, name, line.id === state.line ? "line-name used" : "line-name") : null;
}

// The line in use keeps its name, where it covers least.
function leastCrowded(boxes, room) {
  const best = [...boxes].sort((a, b) => room.crowd(a) - room.crowd(b))[0];
  if (best) room.take(best);
  return best;
}

function alongPath(points, share) {
  const at = (points.length - 1) * share;
  const [from, to] = [points[Math.floor(at)], points[Math.ceil(at)]];
  const part = at - Math.floor(at);
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

function pointsOf(view, flat) {
  const points = [];
  for (let i = 0; i < flat.length; i += 2) points.push([view.x(flat[i]), view.y(flat[i + 1])]);
  return points;
}

// A bar in kilometres over a bar in miles, both round numbers.
function scaleBar(view) {
  const round = (unit) => {
    const most = (110 / view.zoom) * METRES_PER_DEGREE / unit;
    const power = 10 ** Math.floor(Math.log10(most));
    const value = [5, 2, 1].map((factor) => factor * power).find((size) => size <= most) ?? power;
    return [value, view.pixels(value * unit)];
  };
  const [km, kmWidth] = round(1000);
  const [mi, miWidth] = round(MILE);
  const x = 14;
  const y = view.height - 26;
  return s("g", { class: "scale" },
    box(x - 8, y - 18, Math.max(kmWidth, miWidth) + 48, 38, "scale-back"),
    s("path", { class: "scale-bar", d: `M${x} ${y - 5}v5h${n1(kmWidth)}v-5M${x} ${y + 5}v-5h${n1(miWidth)}v5` }),
    text(x + kmWidth + 4, y - 1, `${plain(km)} km`, "scale-text"),
    text(x + miWidth + 4, y + 11, `${plain(mi)} mi`, "scale-text"));
}
