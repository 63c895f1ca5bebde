// The explanation in place: a card beside the mark on a wide page, under the figure on a narrow one.

function makeCard(stage, host = stage) {
  let back = null;
  const body = h("div", { class: "card-body" });
  const title = h("h3", { id: freshId("card"), tabindex: "-1" });
  const card = h("section", { class: "card", "aria-labelledby": title.id, hidden: true },
    h("header", null, title, h("button", { type: "button", class: "quiet", onclick: close }, "Close",
      hidden(" the explanation"))),
    body);
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  host.append(card);

  function open({ rows, x, focusBack }) {
    back = focusBack ?? null;
    const chosen = rows.includes(rowOfReport.get(state.report)) ? rowOfReport.get(state.report) : rows[0];
    card.hidden = false;
    card.classList.toggle("to-left", x > stage.clientWidth / 2);
    draw(rows, chosen);
    update({ report: report.id(chosen) });
    title.focus({ preventScroll: true });
  }

  let shownRows = [];
  function draw(rows, chosen) {
    shownRows = rows;
    const words = placeWords(chosen);
    fill(title, rows.length > 1 ? [`${reports(rows.length)}: `, told(words)] : told(words));
    fill(body, rows.length > 1 ? list(rows, chosen) : null, explanation(chosen));
  }

  function list(rows, chosen) {
    const pick = h("select", { id: freshId("pick"), onchange: () => {
      const row = Number(pick.value);
      update({ report: report.id(row) });
      fill(body, list(rows, row), explanation(row));
      body.querySelector("select").focus();
    } }, rows.map((row) => h("option", { value: row, selected: row === chosen }, optionWords(row))));
    return h("p", { class: "pick" }, h("label", { for: pick.id }, "Report"), pick);
  }

  function close() {
    if (card.hidden) return;
    card.hidden = true;
    update({ report: "" });
    back?.focus({ preventScroll: true });
  }

  // Another reading or clause gives another explanation of the same report.
  function refresh() {
    if (!card.hidden && rowOfReport.has(state.report)) draw(shownRows, rowOfReport.get(state.report));
  }

  return { open, close, refresh };
}

function optionWords(row) {
  const verdict = verdictUnder(state.clause, state.reading, row);
  const what = `${VERDICTS[verdict].word}, ${report.act(row) ?? "act not stated"}`;
  return `${report.when_words(row) ?? "no date"}: ${what}, ${report.id(row)}`;
}
