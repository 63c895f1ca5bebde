// The bar that stays in sight: clause, reading, line, filter and light.

function makeControls() {
  const clause = choice("clause", D.provisions.map(
    (clause) => [clause.id, nameOf(clause) + (D.found[clause.id] && clause.judged !== "not_judged_yet" ? ""
      : " (not judged)")]));
  const reading = choice("reading", []);
  const line = choice("line", D.lines.map(({ id, title }) => [id, title]));
  const bar = byId("bar");
  fill(byId("choices"), field("Clause", clause), field("Reading", reading), field("Line", line));
  byId("theme").addEventListener("click", () => update({ theme: isDark() ? "light" : "dark" }));
  bar.hidden = false;

  function choice(key, options) {
    return h("select", { id: `choose-${key}`, onchange: (event) => update({ [key]: event.target.value }) },
      options.map(([value, words]) => h("option", { value }, words)));
  }

  function field(words, element) {
    return h("span", { class: "field" }, h("label", { for: element.id }, words), element);
  }

  function draw() {
    const judged = judgedReadings(state.clause);
    fill(reading, (judged.length ? judged : knownReadings).map(
      (one) => h("option", { value: one.id }, nameOf(one) + (holderOf(one) ? ` (${holderOf(one)})` : ""))));
    clause.value = state.clause;
    reading.value = state.reading;
    line.value = state.line;
    dress();
  }
  return { draw };
}

function isDark() {
  return state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function dress() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  byId("theme").textContent = isDark() ? "Light" : "Dark";
}

// The filter: verdicts by word, dates typed, stations along the line, words; and what is filtered, in words.
function makeFilter(host) {
  const boxes = SHOWN_ORDER.map((verdict) => {
    const { letter } = VERDICTS[verdict];
    const id = freshId("show");
    const input = h("input", { type: "checkbox", id, value: letter, onchange: (event) => {
      const kept = boxes.map(({ box: each }) => (each.checked ? each.value : "")).join("");
      if (kept === "") event.target.checked = true;
      else update({ show: kept });
    } });
    return { box: input, element: h("span", { class: "check" }, input,
      h("label", { for: id }, tag(verdict, VERDICTS[verdict].word))), verdict };
  });
  const inputs = {
    from: entry("from", "date", "From"), to: entry("to", "date", "To"),
    near: entry("near", "number", "Station from, km"), far: entry("far", "number", "to, km"),
      q: entry("q", "search", "Words"),
  };
  const status = h("p", { class: "status", role: "status" });
  host.append(h("fieldset", { class: "checks" }, h("legend", null, "Verdicts shown"),
    boxes.map(({ element }) => element)),
    h("details", { class: "more" }, h("summary", null, "Dates, stations, words"),
      h("div", { class: "fields" }, Object.values(inputs).map(({ element }) => element))), status);

  function entry(key, type, words) {
    const id = `filter-${key}`;
    const input = h("input", { id, type, ...(type === "number" ? { min: 0, step: "any", inputmode: "decimal" } : {}),
      onchange: () => update({ [key]: input.value.trim() }) });
    return { input, element: h("span", { class: "field" }, h("label", { for: id }, words), input) };
  }

  function draw() {
    const { rows, tally } = current();
    for (const { box: input, verdict } of boxes) {
      input.checked = state.show.includes(VERDICTS[verdict].letter);
      input.labels[0]?.replaceChildren(tag(verdict, `${VERDICTS[verdict].word} ${count(tally[verdict])}`));
    }
    for (const [key, { input }] of Object.entries(inputs)) input.value = state[key];
    if (["from", "to", "near", "far", "q"].some((key) => state[key] !== "")) host.querySelector("details").open = true;
    const special = specialWords();
    fill(status, `${count(rows.length)} of ${reports(N)} shown under ${readingWords(state.reading)}. `, special,
      FILTERS.some((key) => state[key] !== "") ? h("button",
        { type: "button", class: "quiet", onclick: () => update(cleared()) }, "Clear the filter") : null);
  }

  function specialWords() {
    const words = [];
    if (state.month) words.push(`surely in ${monthWords(state.month)}`);
    if (state.place) words.push(state.place === "off" ? "that cannot be set against the line" : "without a place");
    if (state.why) words.push(`because ${D.reasons[state.why]?.words ?? state.why}`);
    if (state.field) words.push(`readings disagree by ${state.field}`);
    if (state.pattern) words.push("of one pattern of verdicts");
    if (state.sure) words.push(`surely nearer than ${distance(Number(state.sure))}`);
    if (state.possible) words.push(`possibly nearer than ${distance(Number(state.possible))}`);
    return words.length ? `Only reports ${listed(words)}. ` : "";
  }
  return { draw };
}
