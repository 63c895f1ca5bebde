"""An agreement told by itself: nothing left out, nothing concluded, and the words of others stay words."""

import json

import pytest

from publish.test_time_picture import TERMS as PHASES
from truceline.formats.terms_file import load_text
from truceline.publish.terms_page import index_page, terms_page
from truceline.publish.terms_sections import sections_of
from truceline.publish.terms_text import library_lines, terms_lines
from truceline.publish.terms_told import terms_told
from world import amended, truce

RICH = """
truceline: 1
agreement:
  {id: rich, title: "A | B", class: other, status: <secret>, note: says of itself, shows_note: what data can show}
instruments:
  pact: {title: the Pact, signed: 2031-01-15, text: public, maps: annexed, note: one copy}
  side_letter: {agreed: 2031-01-20, adds_to: pact}
parties:
  northbank: {title: Northbank, role: [signatory], consent: s.read}
  southbank: {role: {northbank: mediator, southbank: party}, said_otherwise: s.read, note: in doubt}
actors: {army: {title: the army, of: northbank}}
areas: {Town: {geometry: undisclosed, uncertainty: 1 km, note: never drawn}}
lines:
  front: {title: the front, plus: north, geometry: {slot: front, words: its course}, moving: true, uncertainty: 1 km}
  either: {title: either line, plus: north, one_of: [front, other-1974.A]}
  dated: {title: the dated line, plus: north, versions: [2031-02-01]}
sides: {north: {who: army, line: front}}
conditions:
  calm: {title: calm, words: "seven quiet days", is: [{from: 2031-02-01, until: 2031-02-09, is: met}], source: s.read}
  told: {source: s.guess}
provisions:
  away:
    {each_side: true, who: side.who, what: presence, where: {line: side.line, away: 3 km}, at_most: 0, under: pact,
     when: {from: pact + 7 d}, if: calm, through: northbank, verify: army, words: "three kilometres", note: as told,
     source: s.read}
  spirit: {who: army, what: good faith, monitorable: none, because: intent, source: s.guess}
  reply: {who: army, what: fire, reserves: self-defence, source: s.read}
  fewer: {who: army, what: presence, trend: down, monitorable: partly, proxy: sightings, source: s.read}
readings:
  north: {holder: northbank, source: s.guess, set: {provisions.away.where.away: 5 km}, lint: a slip, until: 2031-03-01}
  south: {holder: a paper, source: s.many, denies: [away], add: {provisions.more: {who: army, what: fire, at_most: 0}}}
  same: {holder: a paper, source: s.read, keeps: all, note: nothing new}
amendments:
  longer: {agreed: 2031-02-28, source: s.read, set: {provisions.away.where.away: 4 km}, words: "four kilometres"}
demands:
  wide: {by: northbank, where: {line: front, away: 30 km}, who: army, what: presence, told_as: [far], answer: no,
    claims: more, source: s.read}
  near: {by: southbank, where: Town, source: s.read}
stances:
  - {actor: northbank, to: away, is: accepts, said: 2031-01-16, source: s.read}
  - {actor: a village, to: wide, is: rejects, source: s.guess}
  - {actor: a village, to: agreement, is: not bound, source: s.read}
  - {actor: a village, to: pact, is: accepts, note: at last, source: s.read}
mechanism: {centre: {by: [northbank, army], since: 2031-01-20, source: s.read, note: small}}
term: {lasts: 60 d, until: none, renewed: [{until: 2031-06-01, agreed: 2031-05-01, source: s.read}], source: s.read}
open: {depth: how far}
sources:
  s.read: {by: [Northbank, Southbank], said: 2031-01-15, via: [Radio], url: https://example.org/a_b, kind: primary}
  s.guess: {kind: secondary, check: unconfirmed, words: "as I recall", known_from: 2031-02-01}
  s.many: {kind: press, of: [s.a, s.b, s.c, s.d, s.e]}
  s.a: {by: a}
  s.b: {by: b}
  s.c: {by: c}
  s.d: {by: d}
  s.e: {by: e}
"""


@pytest.fixture(scope="module")
def told():
    """Tell an agreement that has something of everything."""
    return terms_told(load_text(RICH))


def test_it_can_be_written_as_json(told):
    """Texts, lists and truth values only."""
    assert json.loads(json.dumps(told)) == told


def test_sections_without_content_are_left_out(told):
    """What an agreement does not have is not a heading; what it has is one."""
    plain = {section.title for section in sections_of(terms_told(truce()))}
    whole = {section.title for section in sections_of(told)}

    assert "Conditions" in whole
    assert plain < whole
    assert "Conditions" not in plain


def test_clauses_are_sentences(told):
    """Each side, days counted from a text, and conditions are written out; those of a reading say so."""
    clauses = {one["id"]: one for one in told["clauses"]}

    assert clauses["away"]["sentence"] == (
        "each side: presence, within 4 km of its own line, from 7 days after the Pact took effect, none at all, "
        'if calm ("seven quiet days")'
    )
    assert clauses["away"]["only_under"] == []
    assert clauses["more"]["only_under"] == ["south"]
    assert clauses["reply"]["because"] == "it only reserves something: self-defence"


@pytest.mark.parametrize(
    "words",
    [
        "# A \\| B",
        "Agreement; &lt;secret&gt;; 5 clauses, 4 readings.",
        "> what data can show",
        "Each side from its own line: the army from the front.",
        'In its words: "three kilometres"',
        "Only under the reading south.",
        "Can be monitored in part: sightings.",
        "To be brought about by Northbank.",
        "Checked by the army.",
        '| Northbank | depth of "Away": within 5 km of its own line<br>until 1 March 2031<br>a slip: a slip |',
        '"More": the army: fire, none at all<br>"Away": denied',
        "| nothing: the text as it stands<br>nothing new |",
        "and 1 more",
        "Met from 1 February 2031 until 9 February 2031: Northbank, Southbank",
        "Whether it is met is not told for any time.",
        "| renewed until 1 June 2031 | 1 May 2031 |",
        "told as far; answer: no; more",
        "| a village | rejects: what Northbank asked: within 30 km of the front |",
        "| a village | not bound: the agreement |",
        "- depth: how far",
        "- Spirit: it speaks of what somebody intends, which nobody can see",
        "- Fewer: sightings (a stand-in for what cannot be seen itself)",
        '- the clause "Spirit" (provisions.spirit): rests only on what is unconfirmed',
        "adds to the Pact",
        "| until | no end is stated |",
        "- s.guess: the source is unconfirmed",
        "| southbank | Northbank says mediator, southbank says party | said otherwise in s.read; in doubt |",
        "By: Northbank, the army<br>",
        "| the front | line | to be brought: its course (--geometry front=FILE#ID) | known to 1 km; it moves |",
        "| either line | line | one of the front, other-1974.A; nothing says which |",
        "| the dated line | line | from 1 February 2031: undisclosed |",
        "<https://example.org/a_b>",
        "s.guess (unconfirmed)",
    ],
)
def test_the_page_has_it(told, words):
    """Everything that was told stands on the page, where it belongs and in words."""
    page = terms_page(told, file="../rich.yaml", pictures=["rich.svg", "rich-time.svg"])

    assert words in page or words in page.replace("\\_", "_").replace("\\#", "#")


REPLACED = """
truceline: 1
agreement: {id: mill, title: Mill, class: cessation, zone: UTC}
instruments: {pact: {title: the Pact, signed: 2031-01-15}}
parties: {observers: {title: the Observers, role: verifier}, north: {title: Northbank, role: signatory}}
actors: {army: {title: the army, of: north}}
sets: {both: {title: both sides, in: [army], source: s.t}}
provisions:
  leave: {title: they leave, who: both, what: presence, at_most: 0, verify: observers, under: pact, source: s.t}
readings:
  new:
    holder: north
    source: s.t
    set:
      provisions.leave: {title: they leave soon, who: both, what: presence, at_most: 3, under: pact, source: s.t}
      sets.both.in: []
demands: {more: {by: north, where: the bank, source: s.g}}
mechanism: {observers: {by: observers, does: [leave], every: 7 d, source: s.t}}
sources: {s.t: {kind: primary, by: both}, s.g: {kind: press, check: unconfirmed}}
"""


@pytest.mark.parametrize(
    "words",
    [
        'replaces "They leave" by: both sides: presence, at most 3',
        'subject of "both sides": nobody',
        "Checked by the Observers.",
        "**the Observers**",
        "Does: they leave",
        "Every: 7 days",
        "- what was asked by Northbank (demands.more): rests only on what is unconfirmed",
    ],
)
def test_what_is_named_goes_by_its_title(words):
    """A clause that a reading replaces by that in the text, sets, parties and clauses by theirs."""
    assert words in terms_page(terms_told(load_text(REPLACED)), file="../mill.yaml")


def test_the_page_shows_its_pictures(told):
    """Both pictures with what they show, or none."""
    page = terms_page(told, file="../rich.yaml", pictures=["rich.svg", "rich-time.svg"])

    assert "![A \\| B: how far from which line](rich.svg)" in page
    assert "![A \\| B: what holds when](rich-time.svg)" in page
    assert "![" not in terms_page(told, file="../rich.yaml")


def test_the_terminal_says_the_same(told):
    """The lines of a terminal hold what the page holds, and are wrapped."""
    whole, narrow = "\n".join(terms_lines(told)), list(terms_lines(told, width=60))

    assert "WHAT IT SAYS\n  Each side from its own line: the army from the front.\n  Away (away)" in whole
    assert "held by: Northbank" in whole
    assert "s.guess (unconfirmed)" in whole
    assert max(map(len, narrow)) <= 60


def test_the_list_is_a_table():
    """One row per agreement, for a terminal and for a page."""
    entry = {
        "id": "rich", "title": "A | B", "class": "other", "signed": "2031-01-15", "in_force": None,
        "parties": ["Northbank"], "provisions": 4, "readings": 3, "open": 1, "unconfirmed": ["s.guess"],
        "geometry": "1 of 2 courses", "slots": ["front"],
    }  # fmt: skip
    bare = {**entry, "id": "bare", "signed": None, "unconfirmed": []}
    page, lines = index_page([entry, bare]), "\n".join(library_lines([entry, bare]))

    assert "| [A \\| B](rich.md)<br>`rich` | 15 January 2031 | Northbank | 4 | 3 | 1 | 1 of 2 courses | 1 |" in page
    assert "| [A \\| B](bare.md)<br>`bare` |  | Northbank | 4 | 3 | 1 | 1 of 2 courses |  |" in page
    assert "rich       2031-01-15" in lines


def test_a_narrow_terminal_gets_lines_instead_of_a_table():
    """No line is wider than the terminal, and nothing of the table is missing."""
    entry = {
        "id": "rich", "title": "A deal between two banks", "class": "other", "signed": "2031-01-15", "in_force": None,
        "parties": ["Northbank", "Southbank"], "provisions": 4, "readings": 3, "open": 1, "unconfirmed": ["s.guess"],
        "geometry": "1 of 2 courses", "slots": ["front"],
    }  # fmt: skip

    assert list(library_lines([entry], width=80))[:5] == [
        "rich", "  A deal between two banks (other)", "  Northbank, Southbank",
        "  signed 2031-01-15; 4 clauses, 3 readings, 1 open point, 1 unconfirmed, 1 of 2", "    courses",
    ]  # fmt: skip
    assert max(map(len, library_lines([entry], width=60))) <= 60


def test_amendments_and_the_text_as_signed_are_told():
    """What was changed later is told beside what stood there before."""
    told = terms_told(load_text(PHASES))
    page = terms_page(told, file="phases.yaml")

    assert '| Extension | 28 February 2031 | date of "Halt of fire": until 20 April 2031 |' in page
    assert "as\\_signed" in page


def test_quotations_of_others_are_no_markup():
    """Brackets, stars and tags in the terms stay what they are."""
    held = amended(("The fire stops.", "'<b>[stop](http://a)</b> *now* `all`'"), readings=False)
    page = terms_page(terms_told(held), file="toy.yaml")

    assert "<b>" not in page
    assert "\\[stop\\](http://a)&lt;/b&gt; \\*now\\* \\`all\\`" in page
