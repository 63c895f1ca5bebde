// From degrees to pixels: a plain local projection, true to scale at the middle of the view.

const METRES_PER_DEGREE = 111_195;

function boundsOf(paths) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      bounds[0] = Math.min(bounds[0], path[i]);
      bounds[1] = Math.min(bounds[1], path[i + 1]);
      bounds[2] = Math.max(bounds[2], path[i]);
      bounds[3] = Math.max(bounds[3], path[i + 1]);
    }
  }
  return Number.isFinite(bounds[0]) ? bounds : null;
}

function makeView(width, height, squeeze) {
  const view = { width, height, lon: 0, lat: 0, zoom: 1, squeeze };
  view.x = (lon) => width / 2 + (lon - view.lon) * view.squeeze * view.zoom;
  view.y = (lat) => height / 2 - (lat - view.lat) * view.zoom;
  view.pixels = (metres) => (metres / METRES_PER_DEGREE) * view.zoom;
  view.fit = ([west, south, east, north], pad = 24) => {
    view.lon = (west + east) / 2;
    view.lat = (south + north) / 2;
    const across = (width - 2 * pad) / ((east - west) * view.squeeze || 0.01);
    const up = (height - 2 * pad) / (north - south || 0.01);
    view.zoom = Math.min(across, up, METRES_PER_DEGREE / 5);
  };
  view.zoomBy = (factor, x = width / 2, y = height / 2) => {
    const lon = view.lon + (x - width / 2) / (view.squeeze * view.zoom);
    const lat = view.lat - (y - height / 2) / view.zoom;
    view.zoom = Math.max(2, Math.min(view.zoom * factor, METRES_PER_DEGREE / 5));
    view.lon = lon - (x - width / 2) / (view.squeeze * view.zoom);
    view.lat = lat + (y - height / 2) / view.zoom;
  };
  view.moveBy = (dx, dy) => {
    view.lon -= dx / (view.squeeze * view.zoom);
    view.lat += dy / view.zoom;
  };
  view.holds = (x, y, margin = 0) => x >= -margin && y >= -margin && x <= width + margin && y <= height + margin;
  return view;
}

// One path of pixels; points that move by less than half a pixel are left out.
function drawn(view, flat, closed) {
  let d = "";
  let lastX = Infinity;
  let lastY = Infinity;
  for (let i = 0; i < flat.length; i += 2) {
    const x = n1(view.x(flat[i]));
    const y = n1(view.y(flat[i + 1]));
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5 && i + 2 < flat.length) continue;
    d += `${d === "" ? "M" : "L"}${x} ${y}`;
    lastX = x;
    lastY = y;
  }
  return closed ? `${d}Z` : d;
}

function rings(view, list) {
  return list.map((ring) => drawn(view, ring, true)).join("");
}

function areaOf(view, spot) {
  if (isRegion(spot)) return rings(view, D.regions[D.spots.region[spot]]);
  return circlePath(view.x(D.spots.lon[spot]), view.y(D.spots.lat[spot]), view.pixels(D.spots.radius_m[spot]));
}

// The frame: the line in use with the bands that any reading draws from it, and the areas of the clause.
// It does not depend on the reading shown, so that readings are seen at one scale.
function frameOf() {
  const paths = [...(lineOf.get(state.line)?.parts ?? [])];
  for (const { id } of judgedReadings(state.clause)) {
    for (const band of bandsUnder(state.clause, id)) if (band.line === state.line) paths.push(...band.outline_possible);
  }
  for (const area of areasOf(state.clause)) paths.push(...area.rings);
  return boundsOf(paths) ?? boundsOf([D.spots.lon.flatMap((lon, i) => (lon === null ? [] : [lon, D.spots.lat[i]]))])
    ?? boundsOf(D.base.land) ?? [-10, -10, 10, 10];
}

function areasOf(clause) {
  return D.areas.filter((area) => !area.provisions || area.provisions.includes(clause));
}
