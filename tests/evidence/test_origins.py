"""Origins: what they are by definition, found by trying everybody; laws; and worked examples."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import OUTLETS, PEOPLE, drawn, oracle, told
from truceline.evidence.chain import parse_chain
from truceline.evidence.hearings import fewest
from truceline.evidence.origins import origins
from truceline.evidence.speaker import Speaker
from truceline.evidence.statement import Statement
from truceline.evidence.statement_words import read_statement


def said(name, chain, person="", **words):
    """Make a statement; a chain that begins with a name needs no speaker."""
    statement, faults = read_statement(
        {"id": name, "chain": chain, "person": person, "stance": "states", **words}, name
    )
    assert statement, faults
    return statement


def record(*chains):
    """Make statements of one claim from their chains, numbered in this order."""
    return [said(f"n-{number}", chain) for number, chain in enumerate(chains, start=1)]


def test_never_more_origins_than_the_fewest_people_who_explain_the_record():
    """On 10,000 random records the count is that of the oracle; below it only where a circle rests on itself."""
    rng = random.Random(20171112)
    two = 0
    for _ in range(10_000):
        statements = drawn(rng)
        found, truth = origins(statements), oracle(statements)
        assert found.count == truth or (found.count == 0 and truth == 1 and found.circles), statements
        two += truth > 1

    assert two > 1_000


def test_never_more_origins_than_people_who_truly_spoke():
    """On 10,000 made-up worlds of speakers, copies, cuts, wrong names and circles it is never above the truth."""
    rng = random.Random(20171113)
    more_than_one = outlets_above = names_above = 0
    for _ in range(10_000):
        statements, truth = told(rng)
        count = origins(statements).count
        assert count <= truth, statements
        more_than_one += count > 1
        outlets_above += len({each.chain.publisher for each in statements}) > truth
        names_above += len({each.speakers for each in statements}) > truth

    assert more_than_one > 500
    assert outlets_above > 2_000  # what counting outlets would have said
    assert names_above > 1_000  # what counting speakers as told would have said


seeds = st.integers(0, 2**32)


@given(seeds, st.randoms())
def test_the_order_of_statements_never_matters(seed, rng):
    """Shuffled statements give equal origins, conflicts and circles."""
    statements = drawn(random.Random(seed))
    shuffled = list(statements)
    rng.shuffle(shuffled)

    assert origins(shuffled) == origins(statements)


@given(seeds, st.integers(0, 7), st.sampled_from([*OUTLETS, "Late Copy"]))
def test_a_reprint_never_adds_an_origin(seed, which, outlet):
    """One more outlet at the end of a chain, even one that is in the circle, leaves the count or lowers it."""
    statements = drawn(random.Random(seed))
    copied = statements[which % len(statements)]
    reprint = Statement("n-9", copied.speakers, parse_chain(f"{copied.chain}>{outlet}"))

    assert origins([*statements, reprint]).count <= origins(statements).count


@given(seeds, st.integers(0, 7))
def test_a_reprint_by_somebody_new_changes_no_count(seed, which):
    """An outlet that nobody knew adds nothing and takes nothing."""
    statements = drawn(random.Random(seed))
    copied = statements[which % len(statements)]
    reprint = Statement("n-9", copied.speakers, parse_chain(f"{copied.chain}>Late Copy"))

    assert origins([*statements, reprint]).count == origins(statements).count


@given(seeds, st.sampled_from([*PEOPLE, "Ed Upton"]), st.sampled_from([*OUTLETS, "Monitor"]))
def test_a_named_speaker_adds_one_origin_at_most(seed, person, outlet):
    """Whoever speaks to whomever, one statement is one origin more at most."""
    statements = drawn(random.Random(seed))
    more = Statement("n-9", (Speaker(person=person),), parse_chain(["named", outlet]))

    assert origins([*statements, more]).count <= origins(statements).count + 1


@given(seeds)
def test_other_names_give_the_mirror(seed):
    """With the names of speakers and outlets exchanged everything is the same but for the names."""
    statements = drawn(random.Random(seed))
    swap = dict(zip([*PEOPLE, *OUTLETS], [*PEOPLE[::-1], *OUTLETS[::-1]], strict=True))

    def mirrored(each):
        speakers = tuple(Speaker(swap.get(s.person, s.person), s.office, s.body, s.description) for s in each.speakers)
        steps = [", ".join(swap.get(c.name, c.name) + "?" * c.doubtful for c in step) for step in each.chain.steps]
        return Statement(each.id, speakers, parse_chain([each.chain.origin, *steps]))

    straight, mirror = origins(statements), origins([mirrored(each) for each in statements])
    assert [each.statements for each in straight.origins] == [each.statements for each in mirror.origins]
    assert [each.statements for each in straight.loose] == [each.statements for each in mirror.loose]
    assert [tuple(swap[name] for name in circle) for circle in straight.circles] == list(mirror.circles)


@pytest.mark.parametrize(
    ("chains", "count"),
    [
        ([], 0),
        (["Ada North>Agency>Gazette", "Ada North>Agency>Herald", "Ada North>Agency>Gazette>Blog"], 1),  # reprints
        (["Ada North>Agency", "Bo South>Wire"], 2),
        (["Ada North>Agency>Gazette", "Bo South>Wire>Herald"], 2),
        (["Ada North>Gazette", "Bo South>Gazette"], 2),  # the outlet heard both itself
        (["Ada North>Agency>Gazette", "Bo South>Agency>Herald"], 1),  # one telling, two accounts of it
        (["Ada North>Agency", "Bo South>Agency>Herald"], 1),  # the agency's own account needs nobody else
        (["Ada North>Gazette", "Bo South>Herald", "?>Gazette>Herald"], 1),  # the Herald may have it from the Gazette
        (["Ada North>Agency", "Bo South>Wire", "?>Agency>Blog", "?>Wire>Blog"], 2),  # a copy of both joins nothing
        (["?>Gazette", "?>Gazette>Herald"], 1),
        (["?>Gazette", "?>Herald"], 1),  # independence is never assumed
        (["?>Gazette", "Ada North>Gazette"], 1),
        (["?>Herald", "Ada North>Gazette", "Bo South>Wire"], 2),
        (["Ada North>?>Gazette", "Bo South>?>Herald"], 1),  # behind a gap anybody may stand
        (["Ada North>Agency?>Gazette", "Bo South>Wire"], 1),
        (["Ada North>Agency", "A. North>Wire", "President North>Herald"], 1),  # one name
        (["?>Gazette>Herald", "?>Herald>Gazette"], 0),  # it rests on itself
        (["?>Gazette>Herald", "?>Herald>Gazette", "Ada North>Gazette"], 1),
        (["Ada North>Gazette>Herald", "Bo South>Herald>Gazette"], 1),  # each may have it from the other
        (["Ada North", "Bo South"], 2),  # each in his own words, read at the source
        (["Gazette>Herald", "Ada North>Gazette"], 1),  # the Gazette's own word may be what she told it
    ],
)  # fmt: skip
def test_how_many_origins(chains, count):
    """Worked examples, each of which can be decided by hand; the order makes no difference."""
    statements = record(*chains)

    assert origins(statements).count == count
    assert origins(statements[::-1]).count == count


def test_two_accounts_of_who_said_the_same_are_a_conflict_and_one_origin():
    """One range is credited to officials of two sides by two outlets: shown, and not a second origin."""
    one = said("n-1", "official>Agency>Gazette", description="official", body="Northbank", value="5..30 km")
    other = said("n-2", "official>?>Herald", description="official", body="Southbank", value="3..19 mi")
    third = said("n-3", "official>Agency>Blog", description="aide", body="Northbank", value="5..30 km")
    found = origins([one, other, third])

    assert found.count == 1
    assert [(c.one.statements, c.other.statements) for c in found.conflicts] == [
        (("n-1",), ("n-2",)),
        (("n-2",), ("n-3",)),
    ]
    assert found.conflicts[0].why == "the same figure, 5..30 km and 3..19 mi"


def test_a_telling_that_two_outlets_credit_to_two_people_is_a_conflict():
    """Without any figure the carrier above both shows that it is one telling."""
    found = origins(record("Ada North>Agency>Gazette", "Bo South>Agency>Herald"))

    assert [conflict.why for conflict in found.conflicts] == ["a carrier above both"]
    assert found.origins[0].statements == ("n-1", "n-2")
    assert found.origins[0].named


def test_no_conflict_where_nothing_contradicts():
    """Two named people by outlets that share nothing, an outlet that tells two apart, and "?" are no conflict."""
    assert origins(record("Ada North>Agency", "Bo South>Wire")).conflicts == ()
    assert origins(record("Ada North>Agency>Blog", "Bo South>Agency>Blog")).conflicts == ()
    assert origins(record("Ada North>Agency", "?>Agency>Herald")).conflicts == ()
    figures = [said("n-1", "official>Agency", description="aide", body="Northbank", value="5 km"),
               said("n-2", "official>Wire", description="aide", body="Southbank", value="50 km")]  # fmt: skip
    assert origins(figures).conflicts == ()


def test_a_joint_statement_is_one_origin():
    """Those who say it together are one, and so is one of them who repeats it."""
    joint = said("n-1", "joint statement>Gazette", person="Ada North; Bo South")
    alone = said("n-2", "named>Wire", person="Bo South")

    assert origins([joint]).count == 1
    assert origins([joint, alone]).count == 1


def test_a_name_by_which_somebody_is_also_known_makes_no_second_origin():
    """Other names of people and of carriers are given, not guessed."""
    statements = record("Ada North>Agency>Gazette", "The Fox>A. P. Y.>Herald")

    assert origins(statements).count == 2
    assert origins(statements, known_as={"The Fox": "Ada North"}).count == 1
    assert origins(statements, known_as={"a p y": "Agency"}).count == 1


def test_a_voice_that_may_be_of_several_origins_is_loose():
    """It is listed, counts for nothing, and is tied to the one origin with which it shares a carrier."""
    found = origins(record("Ada North>Agency", "Bo South>Wire", "?>Herald", "?>Wire>Blog"))

    assert [voice.statements for voice in found.loose] == [("n-3",)]
    assert [origin.statements for origin in found.origins] == [("n-1",), ("n-2", "n-4")]


def test_an_origin_may_need_two_people():
    """Three people, each two of whom are named for one telling: no one of them explains all three."""
    found = origins(record("Ada North>Agency>Blog", "Bo South>Agency>Herald", "Bo South>Wire>Blog",
                           "Cy Eastman>Wire>Herald", "Ada North>Radio>Blog", "Cy Eastman>Radio>Herald"))  # fmt: skip

    assert found.count == 2
    assert [(origin.least, len(origin.statements)) for origin in found.origins] == [(2, 6)]


@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1, max_size=3), max_size=6))
def test_the_fewest_numbers_are_found(lists):
    """No smaller set of numbers meets all lists, and one of that size does."""
    sets = [set(some) for size in range(7) for some in combinations(range(6), size)]

    assert fewest(lists) == min(len(some) for some in sets if all(some & one for one in lists))


def test_too_many_to_try_is_at_least_one():
    """Above twenty people in one knot the count is the one that is sure."""
    assert fewest([frozenset({one, one + 1}) for one in range(20)]) == 1


def test_a_statement_given_twice_counts_once():
    """Of two statements with one id the first counts."""
    first, again = said("n-1", "Ada North>Agency"), said("n-1", "Bo South>Wire")

    assert origins([first, again]).origins[0].voices[0].speakers[0].person == "Ada North"
    assert origins([first, again]).count == 1


def test_circles_are_named():
    """A circle is shown by its carriers, from the one that comes first, whatever else hangs on it."""
    found = origins(record("?>Gazette>Herald>Blog", "?>Blog>Gazette", "?>Blog>Wire"))

    assert found.circles == (("Gazette", "Herald", "Blog", "Gazette"),)
    assert found.count == 0
    assert len(found.loose) == 2
