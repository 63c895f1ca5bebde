"""What a rule hangs on, compiled by name; exceptions with bounds, compiled by whom, where and when."""

import pytest

from truceline.plan.codebook import codebook_of
from truceline.plan.condition import compile_condition, compile_waivers
from truceline.plan.courses import Ground
from truceline.plan.tables import InArea
from truceline.plan.timeline import ALWAYS, UNKNOWN, Timeline
from world import amended, instant

HUNG = "under: truce, if: the bridge is open"
CONDITIONS = """conditions:
  calm: {words: a calm river, source: s.text, is: [
    {from: "2031-06-01T00:00+00:00", until: "2031-07-01T00:00+00:00", is: met},
    {from: "2031-07-01T00:00+00:00", is: unmet, source: s.north}]}
  left: {source: s.text, is: [{from: "2031-05-01T00:00+00:00", until: "2031-06-10T00:00+00:00", is: unmet},
    {from: "2031-06-10T00:00+00:00", until: "2031-06-11T00:00+00:00", is: met}]}
  halt: {source: s.text, is: [{is: met}]}
  silent: {source: s.text}
provisions:"""


def us(words):
    """Give an instant in microseconds."""
    return int(instant(words).timestamp()) * 1_000_000


JUNE, JULY, TENTH = us("2031-06-01"), us("2031-07-01"), us("2031-06-10")


def condition(words):
    """Compile what the provision `swap` hangs on."""
    text = amended((HUNG, f"under: truce, {words}"), ("provisions:\n", f"{CONDITIONS}\n"), readings=False).under(None)
    return compile_condition(text.provisions["swap"], text)


CALM = Timeline((JUNE, JULY), (0, 1, -1))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("if: calm", CALM),
        ("together_with: calm", CALM),
        ("if: not calm", Timeline((JUNE, JULY), (0, -1, 1))),
        ("if: [calm, the bridge is open]", Timeline((JULY,), (0, -1))),
        ("if: the bridge is open", UNKNOWN),
        ("if: not the bridge", UNKNOWN),
        ("if: silent", UNKNOWN),
        ("together_with: few", UNKNOWN),
        ("together_with: halt", ALWAYS),
        ("after: calm", Timeline((JUNE,), (0, 1))),
        ("after: left", Timeline((us("2031-05-01"), TENTH), (0, -1, 1))),
        ("if: calm, after: left", Timeline((us("2031-05-01"), TENTH, JULY), (0, -1, 1, -1))),
        ("through: [northbank]", ALWAYS),
    ],
)
def test_what_a_rule_hangs_on_is_named(words, line):
    """Names, `not` and lists; words, and provisions of which no condition tells, are unknown; `after` stays met."""
    assert condition(words) == line


def test_exceptions_state_whom_where_and_when():
    """What is not stated is everybody, everywhere, always; a side is that of the row."""
    text = amended(
        ("except: [northbank_guides, southbank_guides, Bridge]", """except: [northbank_guides,
          {who: armies, where: Bridge, from: truce + 1 d, until: truce + 2 d}, {until: D+1}, {who: the others}]"""),
        readings=False,
    ).under(None)  # fmt: skip
    ground = Ground(text, codebook_of([text]))
    named, everybody, undefined = compile_waivers(text.provisions["empty"], ground)
    noon, day = us("2031-05-02T10:00"), 86_400_000_000

    assert named.where == InArea(2, contested=False)
    assert named.during == Timeline((noon + day, noon + 2 * day), (-1, 1, -1))
    assert [name for name, one in zip(text.actors, named.member, strict=False) if one == 1] == [
        "northbank_army", "southbank_army"
    ]  # fmt: skip
    assert (everybody.member == 1).all()
    assert everybody.during.values[0] == 1
    assert undefined.undefined


def test_an_exception_for_a_side_is_read_once_per_row():
    """`side.who` stands for those of the row."""
    text = amended(
        ("what: presence, where: {line: side.line, away: 3..4 mi},",
         "what: presence, where: {line: side.line, away: 3..4 mi}, except: {who: side.who, until: D+1},"),
        readings=False,
    ).under(None)  # fmt: skip
    book = codebook_of([text])
    spared = [compile_waivers(text.provisions["behind"], Ground(text, book, side))[0] for side in text.sides]

    assert [one.member.tolist().index(1) for one in spared] == [0, 1]
    assert spared[0].during == Timeline((us("2031-05-03T10:00"),), (1, -1))
