"""Two versions of a clause: in which words they differ, where both are written, and what they name besides."""

import pytest

from truceline.formats.terms_file import load_text
from truceline.terms.differing import changes_in, changes_of_all, differ_beside
from truceline.terms.versions import reached, version_of
from world import TERMS, amended, truce

HERE = version_of(truce(), None)


def changed(*changes, clause="few", reading=None):
    """List what differs in a clause when words of the file are replaced: field, path, from, to."""
    other = version_of(amended(*changes), reading)
    return [(one.field, one.path, one.before, one.after) for one in changes_in(clause, HERE, other)]


def under(reading, clause):
    """List what a reading of the toy truce changes in a clause."""
    found = changes_in(clause, HERE, version_of(truce(), reading))
    return [(one.field, one.path, one.before, one.after) for one in found]


def test_a_text_differs_from_itself_in_nothing():
    """Whatever reading it is under, and in every clause."""
    for name in (None, *truce().readings):
        version = version_of(truce(), name)

        assert all(changes_in(clause, version, version) == () for clause in version.text.provisions)
        assert changes_of_all(version, version) == ()
        assert differ_beside(version, version) == ()


@pytest.mark.parametrize("pair", [(None, "northview"), ("northview", "southview"), ("press", None)])
def test_the_other_way_round_everything_is_mirrored(pair):
    """From and to change places, and so do the places in the file."""
    one, other = (version_of(truce(), name) for name in pair)
    for clause in one.text.provisions:
        here, there = changes_in(clause, one, other), changes_in(clause, other, one)

        assert [(a.field, a.path, a.before, a.after, a.at, a.to) for a in here] == [
            (b.field, b.path, b.after, b.before, b.to, b.at) for b in there
        ]


def test_a_band_is_told_part_by_part():
    """Line and depth are two differences; ground of another form is told as a whole."""
    assert under("northview", "behind") == [("depth", "provisions.behind.where.away", "3..4 mi", "5 km")]
    assert under("southview", "behind") == [
        ("line", "provisions.behind.where.line", "side.line", "the border"),
        ("depth", "provisions.behind.where.away", "3..4 mi", "4 mi"),
    ]
    assert under("northview", "halt") == [
        ("ground", "provisions.halt.where", "in town of Northton, Southton (and, contested, Bridge)",
         "in town of Northton"),
    ]  # fmt: skip
    [ground, date] = under("press", "guns")
    assert ground[0] == "ground"
    assert date == ("date", "provisions.guns.when", "no date given", "from 2031-05-20")


def test_ends_and_sectors_are_parts_of_a_band():
    """And so are both sides of a line."""
    assert changed(("both_sides: true, ends: flat}", "ends: round}")) == [
        ("ends", "provisions.few.where.ends", "flat ends, both sides", "round ends")
    ]
    assert changed(("until: 50 km, away: 3 mi", "until: 40 km, away: 3 mi"), clause="guns") == [
        ("depth", "provisions.guns.where.away", "3 mi until 50 km; 10 to 15 km from 50 km",
         "3 mi until 40 km; 10 to 15 km from 50 km"),
    ]  # fmt: skip
    bare = changed(("line: river, away: 20 km, both_sides: true, ends: flat", "line: river, away: 20 km"))
    assert [one[3] for one in bare] == ["ends not stated"]


def test_a_distance_from_an_area_differs_by_itself():
    """From another area, or on another side of its boundary, it is another ground."""
    mine = "{line: river, away: 20 km, both_sides: true, ends: flat}"

    def between(one, other):
        versions = (version_of(amended((mine, words)), None) for words in (one, other))
        return [(each.field, each.path, each.before, each.after) for each in changes_in("few", *versions)]

    near = "{around: Mill, away: 5 km}"
    assert between(near, "{around: Mill, away: 6 km}") == [
        ("depth", "provisions.few.where.away", "5 km", "6 km")
    ]  # fmt: skip
    assert between(near, "{around: Bridge, away: 5 km}")[0][0] == "ground"
    assert between(near, "{around: Mill, belt: both, away: 6 km}")[0][0] == "ground"


def test_every_part_of_the_sentence_has_its_field():
    """Who, what, when, how often, unless, if; and what no verdict sees has the name of its key."""
    pressed = ("provisions.few.at_most: 5", "provisions.few.at_least: 5")
    assert changed(("at_most: 3,", "at_least: 4, to: 2,"), pressed) == [
        ("limit", "provisions.few.at_most", "at most 3", "at least 4 to 2")
    ]  # fmt: skip
    words = "few: {who: any, what: gun, if: it snows, title: Few, except: Mill,"
    assert changed(("few: {who: armies, what: tank,", words)) == [
        ("subject", "provisions.few.who", "the armies", "anybody"), ("act", "provisions.few.what", "tank", "gun"),
        ("exception", "provisions.few.except", "", "Mill"), ("condition", "provisions.few.if", "", "it snows"),
        ("title", "provisions.few.title", "", "Few"),
    ]  # fmt: skip
    assert changed(("under: truce, words: The fire stops.", "under: annex, through: [northbank]"), clause="halt") == [
        ("subject", "provisions.halt.through", "", "to be brought about by northbank"),
        ("date", "provisions.halt.under", "under Truce", "under Annex"),
        ("words", "provisions.halt.words", "The fire stops.", ""),
    ]


def test_a_denial_is_a_difference_of_its_own():
    """With whom it reaches, and the place where the reading says so."""
    [change] = changes_in("guns", HERE, version_of(truce(), "northview"))
    scoped = amended(("denies: [guns]}", "denies: [guns], scope: northbank_army}"))
    [some] = changes_in("guns", version_of(scoped, None), version_of(scoped, "northview"))

    assert (change.field, change.before, change.after) == ("denial", "stands", "denied")
    assert some.after == "denied as to Northbank Army"
    line = int(change.to.split(":")[1])
    assert "denies: [guns]" in TERMS.split("\n")[line - 1]


def test_what_a_clause_names_counts_too():
    """A set, an actor in it, a zone, a line, an instrument: however many names lie between."""
    assert changed(("unsure: [northbank_scouts, southbank_scouts]", "unsure: [northbank_scouts]")) == [
        ("subject", "sets.armies.unsure", "with southbank_scouts", "without southbank_scouts")
    ]
    assert changed(("{of: northbank}\n  southbank_scouts", "{of: northhill}\n  southbank_scouts")) == [
        ("subject", "actors.northbank_scouts.of", "northbank", "northhill")
    ]
    assert changed(("unsure: [Bridge]}", "unsure: [Mill]}"), clause="halt") == [
        ("ground", "zones.towns", "in town of Northton, Southton (and, contested, Bridge)",
         "in town of Northton, Southton (and, contested, Mill)"),
    ]  # fmt: skip
    assert changed(("signed: 2031-05-10", "signed: 2031-05-11"), clause="guns") == [
        ("date", "instruments.annex.signed", "2031-05-10", "2031-05-11")
    ]
    assert changed(("north: {who: northbank_army, line: northroad}", "north: {who: northbank_army, line: river}"),
                   clause="behind") == [("subject", "sides.north.line", "northroad", "river")]  # fmt: skip


def test_a_note_beside_a_clause_changes_nothing_that_it_says():
    """Nor does its source; a key that comes and one that goes are told."""
    assert changed(("{of: northbank}\n  southbank_scouts", "{of: northbank, note: swift}\n  southbank_scouts")) == []
    assert changed(("northbank_scouts: {of: northbank}", "northbank_scouts: {}")) == [
        ("subject", "actors.northbank_scouts.of", "northbank", "")
    ]
    assert changed(("term: {until: 2032-01-01, source: s.text}", "term: {until: 2032-01-01, source: s.press}")) == []


def test_a_whole_term_is_told_in_one_line():
    """Where one text has one and the other has none."""
    none = load_text(TERMS.replace("term: {until: 2032-01-01, source: s.text}\n", ""), "toy.yaml")
    [gone] = changes_of_all(HERE, version_of(none, None))

    assert (gone.path, gone.before, gone.after) == ("term", "until 2032-01-01; source s.text", "")


def test_titles_and_orders_are_told_as_they_are():
    """Another title is a difference of the title; a list in another order is written out."""
    assert changed(("title: the armies", "title: both armies")) == [
        ("title", "sets.armies.title", "the armies", "both armies")
    ]
    assert changed(("in: [northbank_army, southbank_army]", "in: [southbank_army, northbank_army]")) == [
        ("subject", "sets.armies.in", "northbank_army, southbank_army", "southbank_army, northbank_army")
    ]


def test_a_line_drawn_otherwise_behind_the_same_words_is_seen():
    """Files of geometry change while the terms stay."""
    other = version_of(amended(("[[20.0, 0.0], [21.0, 0.0]]", "[[20.0, 0.1], [21.0, 0.0]]")), None)
    same_words = type(other)(other.name, HERE.tree, HERE.text, None, None, other.shapes)
    [change] = changes_in("few", HERE, same_words)

    assert (change.field, change.path) == ("line", "lines.river.geometry")
    assert change.after == "lines.river, 2 points"


def test_what_concerns_every_clause_is_told_once():
    """The term of the deal, its zone, and how long a reading holds."""
    longer = version_of(amended(("until: 2032-01-01", "until: 2033-01-01"), ("zone: Etc/GMT-2", "zone: UTC")), None)
    ended = amended(("{holder: press, source: s.press,", "{holder: press, source: s.press, until: 2031-09-01,"))
    none = load_text(TERMS.replace("term: {until: 2032-01-01, source: s.text}\n", ""), "toy.yaml")

    assert [(one.path, one.after) for one in changes_of_all(HERE, longer)] == [
        ("term.until", "2033-01-01"), ("agreement.zone", "UTC")
    ]  # fmt: skip
    [until] = changes_of_all(version_of(ended, None), version_of(ended, "press"))
    assert (until.before, until.after) == ("", "until 2031-09-01")
    assert [one.after for one in changes_of_all(HERE, version_of(none, None))] == [""]


def test_entries_beside_the_clauses_are_named():
    """What is new, what is gone, what changed: as dotted paths, sections without names as a whole."""
    other = version_of(amended(
        ("s.press: {by: press, said: 2031-06-20", "s.press: {by: press, said: 2031-06-21"),
        ("  wide: {by: northbank", "  wider: {by: northbank"),
        ("sources:\n", "stances: [{actor: northbank, to: truce, is: accepts, source: s.north}]\nsources:\n"),
    ), None)  # fmt: skip

    assert differ_beside(HERE, other) == ("demands.wide", "demands.wider", "stances", "sources.s.press")


def test_the_side_rows_and_instruments_of_a_clause_are_reached():
    """A clause that is read per side rests on the rows; one that names no instrument rests on all of them."""
    assert ("sides", "north") in reached(HERE, "behind")
    assert {("instruments", "truce"), ("instruments", "annex")} <= {*reached(HERE, "empty")}
    assert ("instruments", "annex") not in reached(HERE, "few")
    assert ("sides", "north") not in reached(HERE, "few")
    assert reached(HERE, "no_such_clause") == ()
    assert [entry for entry in reached(HERE, "wide", "demands") if entry[0] == "lines"] == [("lines", "river")]


def test_conditions_and_counted_days_name_what_they_hang_on():
    """`not NAME` names a condition, and `truce + 14 d` a text."""
    known = amended(
        ("if: the bridge is open,", "if: not open_bridge, when: {from: truce + 14 d},"),
        ("provisions:\n", "conditions: {open_bridge: {words: open, source: s.text}}\nprovisions:\n"),
    )
    found = reached(version_of(known, None), "swap")

    assert {("conditions", "open_bridge"), ("instruments", "truce")} <= {*found}


def test_amendments_are_laid_over_the_text_and_taken_off_again():
    """The text as signed stands beside the text as amended, with the places of both."""
    text = TERMS.replace(
        "readings:\n",
        "amendments: {ext1: {agreed: 2031-06-01, source: s.text, set: {provisions.few.at_most: 5}}}\nreadings:\n",
    )
    known = load_text(text, "toy.yaml")
    [change] = changes_in("few", version_of(known, "as_signed"), version_of(known, None))

    assert (change.before, change.after) == ("at most 3", "at most 5")
    assert "amendments" in text.split("\n")[int(change.to.split(":")[1]) - 1]
    assert "at_most: 3" in text.split("\n")[int(change.at.split(":")[1]) - 1]
