"""The one-file report in a real browser: offline, by keyboard, by link, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from publish.sample import payload
from truceline.publish.html import write_report

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
WIDTHS = (360, 900, 1600)


def marks(page: Page) -> str:
    """Give everything that is drawn as a mark on the map."""
    return cast(
        "str", page.eval_on_selector_all(".map .marks path.mark", "all => all.map(p => p.getAttribute('d')).join()")
    )


def counts(page: Page) -> list[str]:
    """Give the numbers in the row of the chosen reading."""
    return page.eval_on_selector_all(
        "table.readings tr.chosen td.number", "all => all.map(td => td.lastChild.textContent)"
    )


def test_it_opens_from_disk_without_asking_the_network_for_anything(report: Path, visit: Opener) -> None:
    """One file, no request but itself, no word of complaint in the console, the policy holding."""
    shown = visit(report)

    assert shown.requests == [report.as_uri()]
    assert shown.complaints == []


def test_nothing_can_be_fetched_even_if_a_script_tried(report: Path, visit: Opener) -> None:
    """The content security policy refuses images, requests and scripts that are not the page's own."""
    shown = visit(report)
    outcome = shown.page.evaluate(
        """async () => {
            const image = new Image();
            const drawn = new Promise((done) => {
                image.onerror = () => done("refused");
                image.onload = () => done("loaded");
            });
            image.src = "https://example.org/pixel.png";
            const asked = await fetch("https://example.org/").then(() => "fetched", () => "refused");
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            return [await drawn, asked, window.ran ?? "refused"];
        }"""
    )

    assert outcome == ["refused", "refused", "refused"]
    assert sum("Content Security Policy" in complaint for complaint in shown.complaints) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_serious(report: Path, visit: Opener, scheme: str, width: int) -> None:
    """No serious or critical finding, with the explanation open and the tables unfolded."""
    page = visit(report, "#reading=north&report=made:00012", width=width, color_scheme=scheme, bypass_csp=True).page
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true; })")
    page.wait_for_timeout(200)
    found = Axe().run(page).response["violations"]
    grave = [(item["id"], item["impact"], item["nodes"][0]["html"][:120]) for item in found]

    assert [item for item in grave if item[1] in {"serious", "critical"}] == []


def test_a_reading_is_chosen_by_keyboard_and_the_marks_change(report: Path, visit: Opener) -> None:
    """Tab leads to the readings, an arrow changes the reading, the map and the numbers follow."""
    page = visit(report).page
    before, numbers = marks(page), counts(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "reading":
            break
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.hash.includes('reading=north')")

    assert page.evaluate("document.activeElement.value") == "north"
    assert marks(page) != before
    assert counts(page) != numbers


@pytest.mark.parametrize("figure", ["map", "strip"])
def test_enter_explains_a_mark_and_escape_goes_back(report: Path, visit: Opener, figure: str) -> None:
    """Arrow keys go from mark to mark, Enter opens the explanation in place, Escape returns to the mark."""
    page = visit(report, "#reading=mediator").page
    keys = page.locator(f"#{figure}-figure .keys")
    keys.focus()
    first = keys.inner_text()
    page.keyboard.press("ArrowRight")
    second = keys.inner_text()
    page.keyboard.press("Enter")
    card = page.locator(f"#{figure}-figure .card")

    assert first != second
    assert "under reading “20 miles from the river”" in second
    assert card.is_visible()
    assert "under reading 20 miles from the river" in card.inner_text()
    assert "report=" in page.evaluate("location.hash")

    page.keyboard.press("Escape")

    assert not card.is_visible()
    assert keys.evaluate("element => element === document.activeElement")
    assert "report=" not in page.evaluate("location.hash")


def test_another_reading_changes_the_explanation_that_is_open(report: Path, visit: Opener) -> None:
    """The card never tells the verdict of a reading that is no longer shown."""
    page = visit(report, "#reading=north&report=made:00001").page
    page.select_option("#choose-reading", "envoy")

    assert "under reading envoy" in page.locator("#map-figure .card .says").inner_text()


def test_a_selection_on_the_map_is_seen_on_strip_and_table(report: Path, visit: Opener) -> None:
    """The same report is ringed on both figures and open in the table when a link names it."""
    page = visit(report, "#reading=north&report=made:00001").page

    assert page.locator(".map .ring.chosen").count() == 1
    assert page.locator(".strip .ring.chosen").count() == 1
    assert page.locator("#rows-table tr.chosen").inner_text().startswith("made:00001")
    assert page.locator("#map-figure .card").is_visible()


def test_the_address_restores_everything(report: Path, visit: Opener) -> None:
    """Clause, reading, verdicts, dates and light come back from the fragment alone."""
    fragment = "#reading=south&show=iv&from=2031-06-01&to=2031-07-31&theme=dark&panels=strips"
    page = visit(report, fragment, color_scheme="light").page
    status = page.locator("#filter .status").inner_text()

    assert page.input_value("#choose-reading") == "south"
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.locator("#filter input:checked").count() == 2
    assert page.input_value("#filter-from") == "2031-06-01"
    assert page.locator("input[name=panels][value=strips]").is_checked()
    assert "under reading “south”" in status

    page.goto("about:blank")
    page.goto(report.as_uri() + fragment)
    page.wait_for_selector("html.ready", state="attached")

    assert page.locator("#filter .status").inner_text() == status


def test_a_link_to_what_is_not_there_shows_what_is(report: Path, visit: Opener) -> None:
    """Unknown names in the fragment fall back; nothing breaks and nothing is invented."""
    shown = visit(
        report,
        "#reading=nobody&clause=none&report=x&show=zz&sweep=99&line=%3Cb%3E&near=abc&to=2031-99-99&month=2031-13&field=%00",
    )

    assert shown.page.input_value("#choose-reading") == "text"
    assert shown.complaints == []


def test_every_number_leads_to_its_rows(report: Path, visit: Opener) -> None:
    """A count in the table of readings shows as many rows as it says."""
    page = visit(report).page
    link = page.locator("table.readings a.count").nth(4)
    number = link.inner_text()
    link.click()

    assert page.locator("#rows-table caption").inner_text().startswith(f"{number} report")
    assert page.evaluate("document.activeElement.closest('section').id") == "rows"


def test_counts_of_the_sweep_are_the_rows_behind_them(report: Path, visit: Opener) -> None:
    """The number that the curves give at a distance is the number of rows that the link shows."""
    page = visit(report).page
    link = page.locator("#sweep-figure .readout a.count").nth(1)
    number = link.inner_text()
    link.click()

    assert page.locator("#rows-table caption").inner_text().startswith(f"{number} report")


def test_wide_places_are_areas_and_never_marks(report: Path, visit: Opener) -> None:
    """As many marks as exact places and verdicts; a region or a wide disc is an outline."""
    page = visit(report, "#show=vina").page
    drawn = page.eval_on_selector_all(
        ".map .marks path.mark", "all => all.reduce((sum, p) => sum + p.getAttribute('d').split('M').length - 1, 0)"
    )

    assert page.locator(".map .area-rim").count() > 0
    assert 0 < drawn <= 640


def test_reports_without_a_place_are_counted_beside_the_map(report: Path, visit: Opener) -> None:
    """They are a list with a count, and the count leads to rows that say so."""
    page = visit(report, "#show=vina").page
    heading = page.locator(".unplaced h3")
    number = heading.locator("a").inner_text().split()[0]
    heading.locator("a").click()

    assert page.locator("#rows-table caption").inner_text().startswith(f"{number} report")
    assert "no place" in page.locator("#rows-table tbody tr").first.inner_text()


def test_an_undisclosed_distance_is_said_and_not_drawn(report: Path, visit: Opener) -> None:
    """A band without a public distance is words on the strip chart; a reading with one draws it."""
    silent = visit(report, "#reading=text").page
    drawn = visit(report, "#reading=north").page

    assert "no distance is public" in silent.locator("#strip-figure").inner_text()
    assert silent.locator(".strip .band-sure").count() == 0
    assert drawn.locator(".strip .band-sure").count() > 0


def test_a_month_that_nobody_watched_is_a_gap_and_not_a_zero(report: Path, visit: Opener) -> None:
    """The words stand in the chart and in the table under it."""
    page = visit(report).page

    assert page.locator("#months-figure .gap-words").all_text_contents() == ["not watched"]
    assert "August 2031" in page.locator("#months-figure table").text_content()


def test_a_distance_from_a_line_that_is_not_public_is_told_and_not_drawn(report: Path, visit: Opener) -> None:
    """It stands in the table of claims, without counts, and not among the hairlines of another line."""
    page = visit(report).page
    told = page.locator("#sweep-figure table").first.inner_text()

    assert "Hillside" in told
    assert "from a line whose course is not public" in told
    assert "Hill 3" not in page.locator("#sweep-figure .rival-name").all_text_contents()
    assert "Mediator 20 mi" in page.locator("#sweep-figure .rival-name").all_text_contents()


def test_a_clause_that_is_not_judged_says_so(report: Path, visit: Opener) -> None:
    """No verdict is shown for it, only the words why."""
    shown = visit(report, "#clause=reduction")

    assert "not judged yet" in shown.page.locator("#readings-table").inner_text()
    assert shown.page.locator(".map .marks path").count() == 0
    assert shown.complaints == []


def test_paper_has_no_controls_and_links_as_notes(report: Path, visit: Opener) -> None:
    """In print the bar, the buttons and the folded tables are gone and the colours are the light ones."""
    page = visit(report, color_scheme="dark").page
    page.emulate_media(media="print")
    seen = page.eval_on_selector_all(
        ".bar, .filter, .map-tools, .figure-tools, nav.contents, .pager button",
        "all => all.map(e => e.checkVisibility())",
    )

    assert not any(seen)
    assert page.locator("#finding").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()") == "#1b1a18"
    assert "https://example.org/gazette/12" in page.evaluate(
        "getComputedStyle(document.querySelector('a.outside'), '::after').content"
    )


def test_without_scripts_the_counts_are_there(report: Path, chromium: Any) -> None:
    """With JavaScript off the counts, the clauses and the sources are readable; empty figures are not shown."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    text = page.inner_text("body")
    context.close()

    assert "The figures need JavaScript; the counts do not" in text
    assert "0 to 39 of 640 reports are violations, depending on the reading" in text
    assert "Where the reports lie" not in text
    assert "s.mediator" in text


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 390, *WIDTHS])
def test_the_page_is_never_wider_than_the_window(report: Path, chromium: Any, width: int, *, scripts: bool) -> None:
    """Nothing runs off the side, on a phone as on a wide screen, with scripts or without; wide tables scroll alone."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{report.as_uri()}#reading=south&report=made:00001")
    if scripts:
        page.wait_for_selector("html.ready", state="attached")
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true; })")

    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert wide <= width


def test_the_first_words_name_the_clause(report: Path, visit: Opener) -> None:
    """The headline says of which clause it speaks, by its title where it has one."""
    page = visit(report, "#clause=quiet").page

    assert page.locator("#finding").inner_text().startswith("Quiet in the Lower Province: ")


def test_a_link_leads_from_the_text_to_a_reading_that_draws_a_distance(report: Path, visit: Opener) -> None:
    """Where the reading shown draws none; it is gone where one is drawn."""
    page = visit(report).page
    page.locator("#readings .hint a").click()

    assert page.input_value("#choose-reading") == "north"
    assert page.locator(".map .band-sure").count() > 0
    assert page.locator("#readings .hint").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bar_is_one_line(report: Path, visit: Opener, width: int) -> None:
    """However narrow the window; what does not fit scrolls inside."""
    box = visit(report, width=width).page.locator("#bar").bounding_box()

    assert box["height"] <= 48


def test_an_explanation_hides_no_place_of_the_map(report: Path, visit: Opener) -> None:
    """It stands beside the map, over its key."""
    page = visit(report, "#reading=north&report=made:00001", width=1200).page
    card, figure = (page.locator(f"#map-figure {part}").bounding_box() for part in (".card", "svg.map"))

    assert card["x"] >= figure["x"] + figure["width"]


def test_what_is_folded_opens_for_a_link_and_for_paper(report: Path, visit: Opener) -> None:
    """Sources and readings are folded; a link to one opens it, and paper has them all."""
    page = visit(report).page
    folded = page.locator("details.fold[open]").count()
    page.goto(report.as_uri() + "#source-s.mediator")
    page.wait_for_timeout(100)
    seen = page.locator("[id='source-s.mediator']").is_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert folded == 0
    assert seen
    assert page.locator("details.fold:not([open])").count() == 0

    page.evaluate("window.dispatchEvent(new Event('afterprint'))")

    assert page.locator("details.fold:not([open])").count() > 0


def test_a_page_opened_at_a_source_shows_it(report: Path, visit: Opener) -> None:
    """A link to a place of the page says nothing about what is shown, and is obeyed."""
    shown = visit(report, "#source-s.mediator")

    assert shown.page.locator("[id='source-s.mediator']").is_visible()
    assert shown.page.input_value("#choose-reading") == "text"
    assert shown.complaints == []


def test_the_sweep_speaks_of_a_distance_that_somebody_claims(report: Path, visit: Opener) -> None:
    """Its heading has the largest distance of a reading, and the counts of the table at that distance."""
    page = visit(report).page
    heading = page.locator("#sweep-heading").inner_text().replace("\u00a0", " ")

    assert heading.startswith("Within 32.2 km (20 mi) of River line: ")
    assert "Named by: the mediator" in page.locator("#sweep-figure .readout").inner_text()


def test_reports_that_may_lie_anywhere_along_the_line_are_counted(report: Path, visit: Opener) -> None:
    """They stand as bars with counts; a click on a bar explains its reports."""
    page = visit(report, "#reading=north&show=vina").page
    counted = page.locator("#strip-figure .bin-count").all_text_contents()
    page.locator("#strip-figure .bins .block").first.scroll_into_view_if_needed()
    bar = page.locator("#strip-figure .bins .block").first.bounding_box()
    page.mouse.click(bar["x"] + 2, bar["y"] + bar["height"] / 2)

    assert sum(map(int, counted)) > 0
    assert page.locator("#strip-figure .card").is_visible()


def test_without_a_base_map_the_ground_is_no_sea(tmp_path: Path, visit: Opener) -> None:
    """Ground of which nothing is known is drawn as neither land nor water; a line named with an article reads well."""
    made = payload(40)
    made["base"] |= {"land": [], "borders": [], "places": []}
    made["lines"][0]["title"] = "the river"
    path = tmp_path / "bare.html"
    write_report(made, path)
    page = visit(path).page

    assert page.locator(".map .sea").count() == 0
    assert page.locator(".map .bare").count() == 1
    assert "the the" not in page.inner_text("body")


def test_the_rows_of_the_disagreement_can_all_be_shown(report: Path, visit: Opener) -> None:
    """Fifty at first, and all of them by one press."""
    page = visit(report).page
    page.locator("#differ-figure summary").click()
    rows = page.locator("#differ-figure table.rows tbody tr")
    first = rows.count()
    page.locator("#differ-figure").get_by_role("button", name="Show all").click()

    assert first == 50
    assert rows.count() > 50
