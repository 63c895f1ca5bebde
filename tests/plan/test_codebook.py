"""The codebook: names become numbers, the same for every reading."""

from truceline.plan.codebook import RuleName, codebook_of, folded
from truceline.plan.compile import book_of
from world import amended, at, check, prepare, reports, spot, truce, under

BROKEN, UNLISTED = ("violation", "every_condition_met"), ("indeterminate", "actor_unlisted;bound_unknown")


def test_a_rule_is_named_by_its_provision_and_its_side():
    """One row of `sides`, one rule."""
    assert str(RuleName("behind", "north")) == "behind@north"
    assert str(RuleName("halt")) == "halt"


def test_rules_are_listed_in_the_order_of_the_text():
    """What cannot be monitored has no rule; what is read once per side has one per side."""
    names = [str(rule) for rule in book_of(truce()).rules]

    assert names == ["halt", "empty", "behind@north", "behind@south", "guns", "few", "fewer", "swap"]


def test_what_is_only_reserved_is_no_rule():
    """What a party may do "if breached" is recorded, not judged."""
    agreement = amended(("trend: down, under: truce,", "at_most: 0, reserves: free to return, under: truce,"))

    assert "fewer" not in [str(rule) for rule in book_of(agreement).rules]


def test_a_rule_for_each_side_needs_sides():
    """Without any row it is one rule."""
    text = truce().under(None)
    bare = text.model_copy(update={"sides": {}})

    assert RuleName("behind") in codebook_of([bare]).rules


def test_actors_are_found_by_every_name_they_go_by():
    """Upper case, blanks and composed letters make no difference."""
    book = book_of(amended(("also: [Southbank Forces]", "also: [Southbank Forces, Föhn Brigade]")))
    ids = book.actor_ids

    assert ids["northbank forces"] == ids["northbank_army"] == 0
    assert ids[folded("F\u006f\u0308hn  Brigade".replace("  ", " "))] == ids["southbank_army"]
    assert book.actors[ids["visitors"]] == "visitors"


def test_a_name_that_readings_give_to_different_actors_means_one_under_each():
    """As an alias of both, or as the alias of one and the own name of the other; the other names stay."""
    agreement = amended(
        ("denies: [guns]}", "denies: [guns], add: {actors.boatmen: {also: [Crew, Guides]}}}"),
        ("readings:\n", "readings:\n  late: {holder: press, add: {actors.guides: {also: [CREW, Mates]}}}\n"),
    )
    book = book_of(agreement)
    meant = {name: book.meant(agreement.under(name)) for name in (None, "late", "northview")}

    def told(alias):
        ids = [int(meant[name][book.actor_ids[folded(alias)]]) for name in meant]
        return [None if one == -1 else book.actors[one] for one in ids]

    assert book.shifting == ("guides", "crew")
    assert book.actors[-2:] == ("guides", "CREW")
    assert told("Crew") == told("Guides") == [None, "guides", "boatmen"]
    assert told("mates") == [None, "guides", None]
    assert told("boatmen") == [None, None, "boatmen"]
    assert told("Northbank Forces") == ["northbank_army"] * 3
    assert [int(one[-1]) for one in meant.values()] == [-1, -1, -1]


def test_a_name_that_a_reading_takes_away_is_unlisted_under_it():
    """Under the text it stands for the army; what a reading adds, it adds for itself alone."""
    patch = "provisions.halt.where: Northton, actors.southbank_army.also: [Home Guard]}"
    agreement = amended(("provisions.halt.where: Northton}", patch))
    where = {**spot(35e3, 15e3), **at("2031-06-01"), "act": "fire"}
    table = reports(*({**where, "by": [name]} for name in ("Southbank Forces", "home guard")))
    checked = check(table, prepare(agreement))

    assert book_of(agreement).shifting == ("southbank forces", "home guard")
    assert under(checked, "halt") == [BROKEN, UNLISTED]
    assert under(checked, "halt", "northview") == [UNLISTED, BROKEN]


def test_names_that_a_reading_adds_come_after_those_of_the_text():
    """So that the numbers of the text stay what they are."""
    added = """{actors.ferrymen: {}, lines.canal: {title: canal, plus: north}, areas.Dock: {geometry: undisclosed},
        provisions.boats: {who: ferrymen, what: ship, at_most: 0}}"""
    agreement = amended(("denies: [guns]}", f"denies: [guns], add: {added}}}"))
    plain, book = book_of(truce()), book_of(agreement)

    assert book.actors == (*plain.actors, "ferrymen")
    assert book.lines == (*plain.lines, "canal")
    assert book.areas == (*plain.areas, "Dock")
    assert book.rules == (*plain.rules, RuleName("boats"))
    assert book.rule_ids[RuleName("boats")] == len(plain.rules)
