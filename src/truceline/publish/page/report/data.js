// The data of the page, as written by truceline.publish.pack.

const D = JSON.parse(byId("data").textContent);
const N = D.n;
const NOT_APPLICABLE = 0;
const NO_VIOLATION = 1;
const INDETERMINATE = 2;
const VIOLATION = 3;
const EXACT_M = 2000; // a wider place is drawn as its area and gets no mark

// Numbers are written as a text of equally many characters each; the digits are ASCII from "#" on, without "<" and "\\".
function numbersIn({ text, width }) {
  const numbers = new Uint32Array(text.length / width);
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    const digit = char - 35 - (char > 60 ? 1 : 0) - (char > 92 ? 1 : 0);
    const row = Math.floor(at / width);
    numbers[row] = numbers[row] * 90 + digit;
  }
  return numbers;
}

function columnOf(packed) {
  if (!packed) return () => null;
  if (Array.isArray(packed)) return (row) => packed[row];
  const at = numbersIn(packed);
  return (row) => packed.of[at[row]];
}

const report = {};
for (const name of ["place", "involved", "by", "act", "dataset", "origin", "precision", "said", "input"]) {
  report[name] = columnOf(D.reports[name]);
}
const whenOf = columnOf(D.when);
["from", "until", "when_words", "month"].forEach((name, index) => { report[name] = (row) => whenOf(row)[index]; });
const ids = D.id.of.map((name) => (name.startsWith("=") ? name.slice(1) : D.id.after + name));
report.id = (row) => ids[row];
D.spot = numbersIn(D.spot);

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

function decode(packed) {
  return numbersIn(packed).map((code) => packed.of[code]);
}

// The rows behind a sweep: report, sure from and possible from which distance, aligned; null where none were given.
function rowsBehind(sweep) {
  if (!sweep?.rows) return null;
  const [rows, sure, possible] = D.reach[sweep.line] ?? [[], [], []];
  const at = sweep.rows.flatMap(([first, length]) => Array.from({ length }, (_, index) => first + index));
  return { report: at.map((i) => rows[i]), sure: at.map((i) => sure[i]), possible: at.map((i) => possible[i]) };
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
    const texts = new Map(); // readings often share their findings wholly
    grouped.set(provision, groupedBy(judgedReadings(provision), ({ id }) => {
      const codes = codesUnder(provision, id);
      if (!texts.has(codes)) texts.set(codes, verdictText(codes));
      return texts.get(codes);
    }));
  }
  return grouped.get(provision);
}

function verdictText(codes) {
  let text = "";
  for (let row = 0; row < N; row += 1) text += D.outcomes[codes[row]][0];
  return text;
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
