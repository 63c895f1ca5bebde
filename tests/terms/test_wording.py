"""The sentence of a rule: the words of the terms, and nothing concluded from them."""

import pytest

from truceline.basics.quantity import parse_distance
from truceline.terms.model import Document, Period, Provision, Reading
from truceline.terms.where import Away
from truceline.terms.wording import (
    away_words,
    changes_of,
    condition_words,
    field_of,
    sentence_of,
    what_words,
    when_words,
    where_words,
    who_words,
)  # fmt: skip
from world import amended, truce

TEXT = truce().under(None)


def ground(where):
    """Write a zone in words."""
    return where_words(
        Provision.model_validate({"who": "any", "what": "fire", "at_most": "0", "where": where}).where, TEXT
    )


def test_ground_round_areas_says_whether_they_belong_to_it():
    """Within a distance takes them in; a belt lies on a side of their boundary."""
    assert ground({"around": "Northton", "away": "5 km"}) == "in town of Northton or within 5 km of it"
    assert ground({"around": ["Northton", "Mill"], "unsure": ["Bridge"], "away": "undisclosed"}) == (
        "in town of Northton, Mill (and, contested, Bridge) or within an undisclosed distance of any of them"
    )
    assert ground({"around": "Mill", "away": {"from": "2 km", "to": "5 km"}}) == "from 2 km to 5 km of Mill"
    assert ground({"around": "Mill", "away": "2 km", "belt": "inside"}) == (
        "within 2 km of the boundary of Mill, on its inside"
    )
    assert ground({"around": "Mill", "away": {"from": "1 km", "to": "2 km"}, "belt": "both"}) == (
        "from 1 km to 2 km of the boundary of Mill, on both sides"
    )
    assert ground({"around": "Mill", "away": "5 km", "air": "true"}) == "in the air over Mill or within 5 km of it"


def sentence(**terms):
    """Write a rule about presence by anybody."""
    rule = {"who": "any", "what": "presence", "source": "s.text", **terms}
    return sentence_of(Provision.model_validate(rule), TEXT)


def test_a_sentence_is_put_together_in_order():
    """Who, what, where, when, how often, unless; titles stand for names that have one."""
    assert sentence_of(TEXT.provisions["halt"], TEXT) == (
        "the armies: hostilities, in town of Northton, Southton (and, contested, Bridge), none at all"
    )
    assert sentence_of(TEXT.provisions["empty"], TEXT) == (
        "anybody: presence, between north road and south road, from 2031-05-04, none at all, "
        "except northbank guides, southbank guides, Bridge"
    )


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"at_most": "0"}, "anybody: presence, none at all"),
        ({"at_most": "75"}, "anybody: presence, at most 75"),
        ({"at_least": "12"}, "anybody: presence, at least 12"),
        ({"trend": "not_up"}, "anybody: presence, in numbers that do not rise"),
        ({"monitorable": "partly"}, "anybody: presence"),
        ({"at_most": "0", "if": "it rains", "after": "the thaw", "together_with": "the other side"},
         "anybody: presence, none at all, if it rains, after the thaw, together with the other side"),
    ],
)  # fmt: skip
def test_how_often_and_on_what_condition(terms, words):
    """None at all, at most, at least, a trend, or no number."""
    assert sentence(**terms) == words


def test_a_rule_that_hangs_on_another_rule_names_it_by_title():
    """A provision is told by its title, also where it must not be kept; one without a title, by its name."""
    first = "  first: {title: The halt, who: any, what: fire, at_most: 0, under: truce, source: s.text}\n"
    text = amended(("  halt:", f"{first}  halt:")).under(None)

    assert [condition_words(words, text) for words in ("first", "not first", "some_day", "not some_day")] == [
        '"The halt"', 'not "The halt"', "some day", "not some day",
    ]  # fmt: skip


def test_what_is_taken_away_is_not_told_as_nothing():
    """Exceptions that a reading removes leave words."""
    agreement = amended(("provisions.few.at_most: 5}}", "provisions.few.at_most: 5, provisions.empty.except: []}}"))
    text = agreement.under("press")
    found = {path: words for _, path, words in changes_of(text.readings["press"], text)}

    assert found["provisions.empty.except"] == "no exception"


def test_a_party_is_named_by_its_title():
    """A clause that addresses a party does not show its key."""
    text = amended(("northhill: {role: non-party}", "northhill: {title: The North Hill, role: non-party}")).under(None)

    assert who_words("northhill", text) == "The North Hill"
    assert who_words("any", text) == "anybody"


def test_who_is_named_by_title_or_by_the_words():
    """Free words stay as they are, names without a title lose their underscores."""
    assert who_words("northbank_army", TEXT) == "Northbank Army"
    assert (
        who_words(("armies", "southbank_scouts", "bands of robbers"), TEXT)
        == "the armies, southbank scouts, bands of robbers"
    )


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("fire_of_all_kinds", "fire of all kinds"),
        (("tank", "gun"), "tank, gun"),
        ({"post": {"monitoring": "10"}}, "post (monitoring 10)"),
    ],
)
def test_what_is_banned_in_words(what, words):
    """Acts, things, selectors."""
    assert what_words(what) == words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("anywhere", "anywhere"),
        ("strip", "between north road and south road"),
        ("Northton", "in town of Northton"),
        ("by the sea", "in by the sea"),
        ({"line": "river", "away": "5 km"}, "within 5 km of the river"),
        (
            {"line": ["river", "northroad"], "away": "5 km", "both_sides": "true"},
            "within 5 km of the river or north road on both sides",
        ),
        ({"line": "side.line", "away": {"from": "5 km", "to": "9 km"}}, "from 5 km to 9 km of side.line"),
        ({"line": "river", "away": {"from": "none", "to": "9 km"}}, "nearer than 9 km to the river, or across it"),
        ({"line": "river", "sectors": [{"away": "3 km"}]}, "within a distance that differs by sector of the river"),
        ({"along": "river", "width": "200 yards"}, "along the river, 200 yards wide in all"),
        ({"along": "river"}, "along the river"),
        ({"any": ["Northton", "strip"]}, "in town of Northton or between north road and south road"),
        ({"all": ["Northton", "strip"]}, "in town of Northton and between north road and south road"),
        ({"of": "strip", "but_not": "Bridge"}, "between north road and south road, but not in Bridge"),
        ({"places": ["Southton"]}, "in Southton"),
    ],
)
def test_the_ground_in_words(where, words):
    """Distances as they were said, lines and areas by title."""
    assert ground(where) == words


def test_no_ground_has_no_words():
    """It is left out of the sentence."""
    assert where_words(None, TEXT) == ""


@pytest.mark.parametrize(
    ("away", "words"),
    [
        ({"to": "5..30 km", "how": "varies", "least": "5..7 km"}, "5..30 km (varies, least 5..7 km)"),
        ({"to": "5 km", "how": "average"}, "5 km (average)"),
        ({"to": "5 km", "least": "3 km"}, "5 km (least 3 km)"),
        ({"to": "undisclosed"}, "an undisclosed distance"),
        ({"from": "2 km", "to": "undisclosed"}, "from 2 km to an undisclosed distance"),
    ],
)
def test_what_a_depth_says(away, words):
    """The words, and what a range means."""
    assert away_words(Away.model_validate(away)) == words


def test_a_plain_distance_keeps_its_words():
    """Even its spelling."""
    assert away_words(parse_distance("around 19 miles")) == "around 19 miles"
    assert away_words(parse_distance("undisclosed")) == "an undisclosed distance"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"from": "2031-05-04"}, "from 2031-05-04"),
        ({"by": "2031-05-04", "until": "2031-06"}, "by 2031-05-04 until 2031-06"),
        ({"from": "none"}, "no date given"),
        ({"by": "none", "until": "none"}, "no date given"),
        ({"until": "2031-06"}, "until 2031-06"),
    ],
)
def test_the_period_in_words(when, words):
    """As it was said; what was not said is not filled in."""
    assert when_words(Period.model_validate(when)) == words


def test_no_period_has_no_words():
    """It is left out of the sentence."""
    assert when_words(None) == ""


def test_what_a_reading_changes_in_the_words_of_the_sentence():
    """Field, path and words of each patch, of what it adds, denies and tabulates."""
    old = "provisions.guns.when: {from: 2031-05-20}, provisions.few.at_most: 5}}"
    new = """zones.strip: Bridge, provisions.few.who: [northbank_army], provisions.empty.except: [visitors],
        sets.guests.in: [visitors], provisions.behind.where.away: 9 km},
        add: {provisions.extra: {who: any, what: fire, at_most: 0}}, denies: [halt], table: {mortar: 8 km}}"""
    agreement = amended((old, f"{old[:-2]}, {new}"))
    text = agreement.under("press")
    found = {path: (field, words) for field, path, words in changes_of(text.readings["press"], text)}

    assert found == {
        "provisions.guns.where": ("ground", "within 5 km of the hidden line or within 2 km of the front"),
        "provisions.guns.when": ("date", "from 2031-05-20"),
        "provisions.few.at_most": ("limit", "5"),
        "zones.strip": ("text", "in Bridge"),
        "provisions.few.who": ("subject", "Northbank Army"),
        "provisions.empty.except": ("exception", "except visitors"),
        "sets.guests.in": ("subject", "visitors"),
        "provisions.behind.where.away": ("depth", "within 9 km of side.line"),
        "provisions.extra": ("provision", "anybody: fire, none at all"),
        "provisions.halt": ("denial", "denied"),
        "mortar": ("depth", "8 km"),
    }


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("guests.in", "[]", "nobody"),
        ("guests.unsure", "[]", "contested: nobody"),
        ("guests.unsure", "[northbank_army]", "contested: Northbank Army"),
        ("guests", "{in: [northbank_army, visitors]}", "Northbank Army, visitors"),
        ("guests", "{in: [], unsure: [{who: visitors, until: 2031-06-01}]}",
         "nobody; contested: visitors until 2031-06-01"),
        ("guests.title", "the invited", "the invited"),
    ],
)  # fmt: skip
def test_who_belongs_to_a_set_under_a_reading_is_named_by_title(path, value, words):
    """Nobody is said to be nobody, and who is contested stands apart."""
    old = "provisions.few.at_most: 5}}"
    text = amended((old, f"{old[:-2]}, sets.{path}: {value}}}}}")).under("press")

    assert (f"sets.{path}", words) in [one[1:] for one in changes_of(text.readings["press"], text)]


def test_a_clause_that_is_replaced_as_a_whole_is_told_as_a_sentence():
    """Not in the notation of the file."""
    old = "provisions.few.at_most: 5}}"
    new = "provisions.halt: {title: less, who: any, what: fire, at_most: 2, source: s.text}"
    text = amended((old, f"{old[:-2]}, {new}}}}}")).under("press")

    assert ("clause", "provisions.halt", "anybody: fire, at most 2") in changes_of(text.readings["press"], text)


def test_ground_is_told_in_grammar():
    """A distance that is "up to" some number, and ground that lies outside of something."""
    assert ground({"around": "Mill", "away": "up to 20 km"}) == "in Mill or within a distance of up to 20 km of it"
    assert ground({"places": ["outside their camps"]}) == "outside their camps"


def test_a_reading_that_changes_nothing_changes_nothing():
    """It may keep the text."""
    bare = Document.model_construct(provisions={})

    assert changes_of(Reading(holder="a newspaper", keeps="all"), bare) == ()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("provisions.halt.where", "ground"),
        ("provisions.halt.where.line", "line"),
        ("provisions.halt.where.away.to", "depth"),
        ("provisions.halt.under", "date"),
        ("term.until", "date"),
        ("zones.strip", "text"),
    ],
)
def test_a_path_belongs_to_a_field(path, field):
    """By its last key that is one."""
    assert field_of(path) == field
