// Why a report has its verdict: the clause, the reading and its chain, the report, its precision, the arithmetic.

function term(name, ...words) {
  return [h("dt", null, name), h("dd", null, ...words)];
}

function clauseUnder(provision, reading) {
  return { ...provision, ...(provision.under?.[reading] ?? {}) };
}

function sourceChains(ids) {
  if (ids.length === 0) return h("span", { class: "soft" }, "no source is given");
  return h("ul", { class: "chains" }, ids.map((id) => {
    const source = sourceOf.get(id);
    return h("li", null, h("a", { href: `#source-${id}`, onclick: jump }, told(chainWords(source))),
      source.said ? `, ${source.said}` : "", " ", h("code", { class: "id" }, id));
  }));
}

function jump(event) {
  if (goTo(event.currentTarget.hash)) event.preventDefault();
}

// Go to an element by its address; whatever is folded around it opens.
function goTo(hash) {
  const goal = byId(unescaped(hash.slice(1)));
  if (!goal) return false;
  finish();
  for (let fold = goal.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  goal.scrollIntoView({ block: goal.matches("section") ? "start" : "center" });
  goal.setAttribute("tabindex", "-1");
  goal.focus({ preventScroll: true });
  return true;
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function explanation(row) {
  const reading = readingOf.get(state.reading);
  const clause = clauseUnder(provisionOf.get(state.clause), reading.id);
  const verdict = verdictUnder(clause.id, reading.id, row);
  const reasons = reasonsUnder(clause.id, reading.id, row);
  const decides = verdict === INDETERMINATE ? decidedBy(reasons) : "";
  return h("div", { class: "explanation" },
    h("p", { class: "says" }, tag(verdict), h("span", { class: "soft" }, " under reading "), named(reading)),
    h("p", { class: "because" }, verdictSentence(verdict, readingWords(reading.id), reasons)),
    decides ? h("p", null, `It would be decided by ${decides}.`) : null,
    h("dl", { class: "facts" },
      term("Report", told(report.id(row)), reportWords(row)),
      term("When", report.when_words(row) ?? "no date stated"),
      term("Where", told(placeWords(row)), ", ", precisionWords(D.spot[row]), precisionNote(row)),
      offsets(row),
      term("Clause", h("strong", null, told(nameOf(clause))), ": ", told(clause.sentence)),
      term("Ground", told(clause.where_words)),
      term("Reading", told(reading.holder), reading.note ? [": ", told(reading.note)] : null,
        sourceChains(reading.sources)),
      term("By reading", otherReadings(row))));
}

function reportWords(row) {
  const involved = report.involved(row) ?? [];
  const by = report.by(row) ?? [];
  return h("span", null,
    ": ", told(report.act(row) ?? "act not stated"), ". Involved: ", told(involved.join(", ") || "nobody named"), ". ",
    by.length ? ["Attributed to ", told(by.join(", ")), ". "] : "Not attributed. ",
    "Data set ", told(report.dataset(row) ?? "not stated"), ", origin ", told(report.origin(row) ?? "not stated"), ".",
    report.said(row) ? [" ", h("q", null, told(report.said(row)))] : null);
}

function precisionNote(row) {
  return report.precision(row) ? [" (", told(report.precision(row)), ")"] : null;
}

function offsets(row) {
  return D.lines.filter((line) => locatedOn(line.id, D.spot[row])).map((line) => {
    const at = locatedOn(line.id, D.spot[row]);
    const side = at.either || at.low < 0 ? "" : ` on the plus side (${line.plus})`;
    return term(`From ${line.title}`, `${offsetWords(line.id, D.spot[row])}${side}; station ${span(at.from, at.to)}`,
      line.uncertainty_m ? `; the line itself is known to ${radius(line.uncertainty_m)}` : "");
  });
}

function otherReadings(row) {
  const judged = judgedReadings(state.clause);
  return h("ul", { class: "readings-row" }, SHOWN_ORDER.map((verdict) => {
    const alike = judged.filter(({ id }) => verdictUnder(state.clause, id, row) === verdict);
    if (alike.length === 0) return null;
    const names = alike.map((reading) => h("li", null, told(nameOf(reading))));
    return h("li", null, alike.length === 1 ? [tag(verdict), " under ", told(nameOf(alike[0]))]
      : h("details", null, h("summary", null, tag(verdict), ` under ${alike.length} readings`), h("ul", null, names)));
  }));
}
