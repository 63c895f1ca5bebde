// What is shown, kept in the fragment of the address: a link restores it, nothing is stored elsewhere.

const DEFAULTS = {
  clause: D.provisions.find((provision) => D.found[provision.id])?.id ?? D.provisions[0]?.id ?? "",
  reading: "",
  line: "",
  show: "vin", // verdicts drawn, by letter; "not applicable" is left out until asked for
  from: "", to: "", month: "", // dates: typed, or one whole month
  near: "", far: "", // stations along the line, in kilometres
  place: "", // "none": only reports without a place; "off": only those that the line cannot place
  why: "", // a reason code
  field: "", // a field that decides between readings
  pattern: "", // verdict digits, one per judged reading
  sure: "", possible: "", // rows behind a count of the sweep, in metres
  sweep: "0", panels: "maps", q: "", report: "", theme: "",
};
const FILTERS = ["from", "to", "month", "near", "far", "place", "why", "field", "pattern", "sure", "possible", "q"];
const state = { ...DEFAULTS };
const listeners = [];

function readFragment() {
  if (isPlace(location.hash)) return repair();
  const given = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(DEFAULTS)) state[key] = given.get(key) ?? DEFAULTS[key];
  repair();
  showReport();
}

// A fragment without "=" names a place of the page and says nothing about what is shown.
function isPlace(hash) {
  return hash.length > 1 && !hash.includes("=");
}

// A link to a report shows it, whatever its verdict.
function showReport() {
  const verdict = state.report && verdictUnder(state.clause, state.reading, rowOfReport.get(state.report));
  if (typeof verdict === "number" && !state.show.includes(
    VERDICTS[verdict].letter)) state.show += VERDICTS[verdict].letter;
}

// A link may name what this file does not hold: fall back to what it does hold.
function repair() {
  if (!provisionOf.has(state.clause)) state.clause = DEFAULTS.clause;
  const judged = judgedReadings(state.clause);
  const possible = judged.length ? judged : knownReadings;
  if (!possible.some((reading) => reading.id === state.reading)) state.reading = possible[0]?.id ?? "";
  if (!lineOf.has(state.line)) state.line = lineOfBand() ?? D.lines[0]?.id ?? "";
  if (!rowOfReport.has(state.report)) state.report = "";
  if (!/^[vina]+$/.test(state.show)) state.show = DEFAULTS.show;
  if (!D.sweep[Number(state.sweep)]) state.sweep = "0";
  if (!["maps", "strips"].includes(state.panels)) state.panels = "maps";
  if (!["light", "dark"].includes(state.theme)) state.theme = "";
  for (const [key, form] of Object.entries(FORMS)) if (!form(state[key])) state[key] = "";
}

const isNumber = (text) => text === "" || (text.trim() !== "" && Number.isFinite(Number(text)));
const isDay = (text) => text === "" || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));
const FORMS = {
  from: isDay, to: isDay, month: (text) => text === "" || /^\d{4}-(0[1-9]|1[0-2])$/.test(text),
  near: isNumber, far: isNumber, sure: isNumber, possible: isNumber,
};

function lineOfBand() {
  return bandsUnder(state.clause, state.reading).find((band) => band.line)?.line ?? null;
}

function fragmentOf(values) {
  const kept = Object.entries(values).filter(([key, value]) => value !== "" && value !== DEFAULTS[key]);
  return `#${new URLSearchParams(kept)}`;
}

function update(patch) {
  const before = { ...state };
  Object.assign(state, patch);
  const movesLine = "reading" in patch || "clause" in patch;
  if (movesLine && !("line" in patch)) state.line = lineOfBand() ?? state.line;
  if ("clause" in patch && patch.clause !== before.clause) Object.assign(state, { pattern: "", why: "", field: "" });
  repair();
  const changed = new Set(Object.keys(state).filter((key) => state[key] !== before[key]));
  if (changed.size === 0) return;
  history.replaceState(null, "", fragmentOf(state));
  announce(changed);
}

function announce(changed) {
  listeners.forEach((listener) => listener(changed));
}

function onChange(keys, draw) {
  listeners.push((changed) => {
    if (keys.some((key) => changed.has(key))) draw(changed);
  });
}

function cleared() {
  return Object.fromEntries(FILTERS.map((key) => [key, ""]));
}

// A number that leads to the rows behind it: it sets the filter and moves to the table of reports.
function rowsLink(text, patch, label) {
  const goal = { ...cleared(), ...patch };
  return h("a", {
    class: "count",
    href: fragmentOf({ ...state, ...goal, report: "" }),
    "aria-label": label ? `${text} ${label}: show the rows` : null,
    onclick: (event) => {
      event.preventDefault();
      update({ ...goal, report: "" });
      visit("rows");
    },
  }, text);
}

function visit(id) {
  finish();
  const section = byId(id);
  section.scrollIntoView({ block: "start" });
  section.querySelector("h2").focus({ preventScroll: true });
}
