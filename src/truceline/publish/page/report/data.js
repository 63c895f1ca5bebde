// The data of the page, as written by truceline.publish.pack.

const D = JSON.parse(byId("data").textContent);
const N = D.n;
const NOT_APPLICABLE = 0;
const NO_VIOLATION = 1;
const INDETERMINATE = 2;
const VIOLATION = 3;
const EXACT_M = 2000; // a wider place is drawn as its area and gets no mark

function columnOf(packed) {
  if (!packed) return () => null;
  return Array.isArray(packed) ? (row) => packed[row] : (row) => packed.of[packed.at[row]];
}

const report = {};
for (const name of ["id", "from", "until", "when_words", "month", "place", "involved", "by", "act", "dataset", "origin",
  "precision", "said", "input"]) {
  report[name] = columnOf(D.reports[name]);
}

const readingOf = new Map(D.readings.map((reading) => [reading.id, reading]));
const provisionOf = new Map(D.provisions.map((provision) => [provision.id, provision]));
const sourceOf = new Map(D.sources.map((source) => [source.id, source]));
const lineOf = new Map(D.lines.map((line) => [line.id, line]));
const knownReadings = D.readings.filter((reading) => !reading.left_out);
const rowOfReport = new Map(Array.from({ length: N }, (_, row) => [report.id(row), row]));

const rowsOfSpot = D.spots.lon.map(() => []);
D.spot.forEach((spot, row) => rowsOfSpot[spot].push(row));

function isPlaced(spot) {
  return D.spots.lon[spot] !== null || isRegion(spot);
}

function isRegion(spot) {
  return D.spots.region[spot] !== null && Object.hasOwn(D.regions, D.spots.region[spot]);
}

function isExact(spot) {
  return !isRegion(spot) && D.spots.lon[spot] !== null && D.spots.radius_m[spot] <= EXACT_M;
}

// Codes of the findings of every report, or null where nothing was judged.
const decoded = new Map();
function codesUnder(provision, reading) {
  const key = D.found[provision]?.[reading];
  if (key === undefined) return null;
  if (!decoded.has(key)) decoded.set(key, decode(D.codes[key]));
  return decoded.get(key);
}

function decode(text) {
  const codes = new Uint16Array(N);
  for (let row = 0; row < N; row += 1) {
    codes[row] = digit(text.charCodeAt(row * D.width));
    if (D.width === 2) codes[row] = codes[row] * 62 + digit(text.charCodeAt(row * 2 + 1));
  }
  return codes;
}

function digit(char) {
  return char < 58 ? char - 48 : char < 91 ? char - 55 : char - 61;
}

function verdictUnder(provision, reading, row) {
  const codes = codesUnder(provision, reading);
  return codes ? D.outcomes[codes[row]][0] : null;
}

function reasonsUnder(provision, reading, row) {
  const codes = codesUnder(provision, reading);
  return codes ? D.outcomes[codes[row]][1] : [];
}

// The offset and station of a place along a line, in metres, or null where it was not located.
function locatedOn(line, spot) {
  const part = D.spots.located[line];
  if (!part || part.low_m[spot] === null || part.high_m[spot] === null) return null;
  return {
    low: part.low_m[spot],
    high: part.high_m[spot],
    either: part.either[spot] === 1,
    from: part.station_low_m[spot],
    to: part.station_high_m[spot],
  };
}

function bandsUnder(provision, reading) {
  return D.bands[reading]?.[provision] ?? [];
}

// The verdicts on a report, one digit per group of readings.
const patterns = new Map();
function patternOf(provision) {
  if (!patterns.has(provision)) {
    const columns = groupsOf(provision).map(([reading]) => codesUnder(provision, reading.id));
    patterns.set(provision, (row) => columns.map((codes) => D.outcomes[codes[row]][0]).join(""));
  }
  return patterns.get(provision);
}

// Readings that give the same verdict on every report are one group, in the order of the file.
const grouped = new Map();
function groupsOf(provision) {
  if (!grouped.has(provision)) {
    grouped.set(provision, groupedBy(judgedReadings(provision), ({ id }) => {
      const codes = codesUnder(provision, id);
      return Array.from(codes, (code) => D.outcomes[code][0]).join("");
    }));
  }
  return grouped.get(provision);
}

function groupedBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return [...groups.values()];
}

function judgedReadings(provision) {
  return knownReadings.filter((reading) => D.found[provision]?.[reading.id] !== undefined);
}
