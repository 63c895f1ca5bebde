"""What differs, told: words with both places, counts by verdict, and what is the same."""

import pytest

from truceline.engines.comparing import words_of
from truceline.engines.flips import Flips
from truceline.engines.local import check_batch
from truceline.engines.pairing import pair_of
from truceline.formats.table_text import shown_width
from truceline.publish.compare_text import compare_lines, compared, differs
from world import amended, at, reports, spot, truce

PRESENT = {"act": "presence", "by": ["northbank_army"], **at("2031-06-01")}
TABLE = reports(
    {**spot(30_000.0, 13_000.0), **PRESENT}, {**spot(30_000.0, 16_500.0), **PRESENT},
    {**spot(30_000.0, 16_600.0), **PRESENT, "release": "protected"}, {**spot(30_000.0, 40_000.0), **PRESENT},
)  # fmt: skip


def told(*others, table=None, **more):
    """Compare the toy truce, and put it into plain values."""
    pair = pair_of(truce(), *others, **more)
    if table is None:
        return compared(pair, words_of(pair))
    flips = Flips(pair)
    flips.look(check_batch(pair.setup, table))
    return compared(pair, words_of(pair), flips.meetings, flips.reports)


def text(found, **more):
    """Write it as text."""
    return "\n".join(compare_lines(found, **more))


def test_words_are_told_with_both_places():
    """And what is the same in both is named."""
    found = told(readings=("text", "northview"))
    shown = text(found)

    assert "Truce of the river (toy-truce): text -> northview\n3 of 8 clauses differ" in shown
    assert "  depth: 3 to 4 mi -> 5 km\n    toy.yaml:" in shown
    assert "The same in both: empty" in shown
    assert differs(found)


def test_verdicts_are_told_as_a_table():
    """How many have which verdict under both, what decides, and a few of them; of a protected one that it is one."""
    shown = text(told(readings=("text", "northview"), table=TABLE))

    assert "  north: the verdict differs on 2 of 4 reports" in shown
    assert "□ indeterminate  ● no violation        2  depth 2" in shown
    assert "such as r1, r2 (protected)" in shown
    assert "the same in both: violation 1, no violation 1" in shown
    assert "no verdict differs" in shown


def test_only_what_differs_can_be_asked_for():
    """Then clauses without another verdict are left out, and so is what is the same."""
    shown = text(told(readings=("text", "northview"), table=TABLE), only=True)

    assert "Behind (behind)" in shown
    assert "Halt (halt)" not in shown
    assert "The same in both: empty" not in shown


def test_nothing_that_differs_is_said():
    """With and without reports."""
    for found in (told(amended()), told(readings=("press", "press"), table=TABLE)):
        assert "nothing differs in 8 clauses" in text(found)
        assert not differs(found)


def test_two_files_tell_what_only_one_has_and_what_lies_beside():
    """Clauses, the term, entries on which no clause rests, words that no verdict sees."""
    new = amended(
        ("  swap: {who: guests", "  barter: {who: guests"), ("until: 2032-01-01", "until: 2033-01-01"),
        ("words: The fire stops.", "words: All fire stops."), ("wide: {by: northbank", "wide: {by: southbank"),
    )  # fmt: skip
    shown, judged = text(told(new)), text(told(new, table=TABLE))

    assert "toy.yaml (first) -> toy.yaml (second)" in shown
    assert "Every clause\n  date, term.until: 1 January 2032 -> 1 January 2033" in shown
    assert "  only in toy.yaml (second): guests" in shown
    assert "By what concerns every clause alone: empty, behind" in shown
    assert "Beside the clauses these differ: demands.wide" in shown
    assert "judged in toy.yaml (first) alone: no violation 4" in judged
    assert differs(told(new, table=TABLE))
    words = text(told(amended(("words: The fire stops.", "words: All fire stops."))))
    assert "1 of 8 clauses differs" in words
    assert "words alone: no verdict can differ by this" in words


def test_several_kinds_of_flips_each_have_their_reports():
    """And what no data set can show is counted beside."""
    new = amended(("halt: {who: armies, what: hostilities", "halt: {who: armies, what: presence"))
    blind = {**spot(30_000.0, 11_000.0), **PRESENT, "act": "hostilities", "dataset": "ucdp-ged"}
    table = reports({**spot(30_000.0, 11_000.0), **PRESENT}, blind)
    shown = text(told(new, table=table))

    assert "◆ violation -> □ indeterminate, such as r1" in shown
    assert "-> ◆ violation, such as r0" in shown
    assert "of those that differ, from data sets that cannot show the act: 1" in shown


def test_many_sets_of_fields_are_cut_short():
    """Three are told, the others are counted."""
    found = told(readings=("text", "northview"), table=TABLE)
    [behind] = [clause for clause in found["clauses"] if clause["id"] == "behind"]
    sets = [{"fields": [name], "reports": 1} for name in ("line", "depth", "ends", "date")]
    behind["verdicts"][0]["counts"][0]["decided_by"] = sets

    assert "line 1, depth 1, ends 1, 1 more" in text(found)


def test_what_was_not_known_is_named():
    """On a day, with what came later."""
    shown = text(told(readings=("text", "northview"), as_known="2031-05-31"))

    assert "northview, as known on 2031-05-31" in shown
    assert "Not known on 2031-05-31, so left out: the reading press" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    """With and without colours."""
    found = told(readings=("southview", "press"), table=TABLE)

    assert max(map(shown_width, compare_lines(found, width=width))) <= width
    assert "\x1b[38;5;244m" in text(found, width=width, colour=True)


def test_two_texts_that_share_no_clause_are_not_set_side_by_side():
    """A few of each with their numbers; what only has the same name in two agreements is no clause of both."""
    names = ("halt", "empty", "behind", "guns", "few", "fewer", "swap", "spirit")
    other = amended(*((f"  {name}: {{", f"  other_{name}: {{") for name in names if name != "behind"),
                    ("  behind: {each_side", "  other_behind: {each_side"), readings=False)  # fmt: skip
    pair = pair_of(amended(readings=False), other)
    shown = text(compared(pair, words_of(pair)))
    second = "Other halt (other_halt); Other empty (other_empty); Other behind (other_behind)"

    assert shown.split("\n")[1:] == [
        "they share no clause",
        "  8 clauses in toy.yaml (first) alone: Halt (halt); Empty (empty); Behind (behind); 5 more",
        f"  8 clauses in toy.yaml (second) alone: {second}; 5 more",
        "Two versions of one text share the names of their clauses; --json has every word.",
    ]
    found = told(readings=("text", "northview"))
    alike = {**found, "agreements": ["one", "other"], "same": [], "of": ["one", "other"], "clauses": [
        *found["clauses"], *({**found["clauses"][0], "id": name, "only_in": name} for name in ("one", "other"))
    ]}  # fmt: skip
    assert "  the same name in both, for other clauses: halt; behind; guns" in text(alike)
    assert "they share no clause" not in text({**alike, "agreements": ["one", "one"]})
