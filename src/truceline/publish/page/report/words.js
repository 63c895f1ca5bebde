// Numbers, distances and verdicts as people read them: kilometres first, miles in brackets.

const MILE = 1609.344;
const VERDICTS = [
  { letter: "a", word: "not applicable", many: "not applicable" },
  { letter: "n", word: "no violation", many: "no violation" },
  { letter: "i", word: "indeterminate", many: "indeterminate" },
  { letter: "v", word: "violation", many: "violations" },
];
const SHOWN_ORDER = [VIOLATION, INDETERMINATE, NO_VIOLATION, NOT_APPLICABLE];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function plain(value) {
  const size = Math.abs(value);
  const digits = size >= 99.5 ? 0 : size >= 9.95 ? 1 : size >= 0.995 ? 1 : 2;
  return value.toFixed(digits).replace(/\.0+$/, "").replace("-", "\u2212");
}

function distance(metres) {
  return `${plain(metres / 1000)}\u00a0km (${plain(metres / MILE)}\u00a0mi)`;
}

function span(low, high) {
  if (high === null) return `${distance(low)} or more`;
  if (high - low < 1) return distance(low);
  return `${plain(low / 1000)} to ${plain(high / 1000)}\u00a0km (${plain(low / MILE)} to ${plain(
    high / MILE)}\u00a0mi)`;
}

function radius(metres) {
  return metres < 1000 ? `${Math.round(metres)} m (${Math.round(metres / 0.9144)} yd)` : distance(metres);
}

function monthWords(month) {
  return `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

function coordinates(lon, lat) {
  const digits = (value) => Math.abs(value).toFixed(4).replace(/0{1,2}$/, "");
  return `${digits(lat)}° ${lat < 0 ? "S" : "N"}, ${digits(lon)}° ${lon < 0 ? "W" : "E"}`;
}

function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

function reports(number) {
  return number === 1 ? "1 report" : `${count(number)} reports`;
}

// Readings and clauses are called by their titles; a title that could turn its surroundings is isolated.
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;
function nameOf(entry) {
  const words = entry.title || entry.id;
  return TURNS.test(words) ? `\u2068${words}\u2069` : words;
}

function readingWords(id) {
  return readingOf.has(id) ? `reading “${nameOf(readingOf.get(id))}”` : "no reading";
}

// The name in full, and the id of the terms small beside it.
function named(entry) {
  return [told(nameOf(entry)), entry.title && entry.title !== entry.id ? [" ", h("code", { class: "id" }, entry.id)]
    : null];
}

// Who holds a reading, unless its name says so already.
function holderOf(reading) {
  return nameOf(reading).includes(reading.holder) ? "" : reading.holder;
}

// A name of one reading, "that name and 3 more" for a group.
function groupWords(group) {
  return group.length === 1 ? nameOf(group[0]) : `${nameOf(group[0])} and ${group.length - 1} more`;
}

function becauseOf(codes) {
  return codes.map((code) => D.reasons[code]?.words ?? code).join("; and ");
}

function decidedBy(codes) {
  return codes.map((code) => D.reasons[code]?.decided_by).filter(Boolean).join("; or ");
}

// One sentence per verdict; never more than the reading says.
function verdictSentence(verdict, reading, codes) {
  const because = becauseOf(codes);
  if (verdict === VIOLATION) return `Not consistent with ${reading}: ${because || "every condition is met"}.`;
  if (verdict === INDETERMINATE) return `Cannot be decided from this report, because ${because}.`;
  if (verdict === NO_VIOLATION) return `No violation under ${reading}: ${because}.`;
  return `The clause does not speak to this report under ${reading}: ${because}.`;
}

function chainWords(source) {
  return [source.by ?? "speaker not stated", ...source.via].join(" → ");
}

function placeWords(row) {
  return report.place(row) ?? (isPlaced(D.spot[row]) ? "unnamed place" : "no place stated");
}

function precisionWords(spot) {
  if (isRegion(spot)) return `somewhere in ${D.spots.region[spot]}`;
  if (D.spots.lon[spot] === null) return "no place stated";
  return `within ${radius(D.spots.radius_m[spot])} of ${coordinates(D.spots.lon[spot], D.spots.lat[spot])}`;
}

function offsetWords(line, spot) {
  const at = locatedOn(line, spot);
  if (!at) return "not located";
  if (at.either) return `${span(at.low, at.high)} away, beyond an end of the line, where it has no sides`;
  return span(at.low, at.high);
}
