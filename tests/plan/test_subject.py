"""WHO and WHAT, compiled: sets, exceptions, who is bound; acts, things and words without a definition."""

import numpy as np
import pytest

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.acts import ACT_IDS
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS
from truceline.plan.codebook import codebook_of
from truceline.plan.compile import book_of
from truceline.plan.subject import compile_what, compile_who, members_of
from truceline.plan.tables import Spell
from truceline.plan.weapons import Bounds, BySize, ByWords, Make, Sort
from world import amended, truce

ARMY, OTHER_ARMY, SCOUTS, OTHER_SCOUTS, GUIDES, OTHER_GUIDES, HILL, OTHER_HILL, VALE, OTHER_VALE, VISITORS = range(11)
UNLISTED = -1
HALT = "halt: {who: armies, what: hostilities,"
GUESTS = "guests: {in: [{who: visitors, from: 2031-06-01, until: 2031-07-01}], unsure: [armies]}"
UCDP = tuple(DATASETS).index("ucdp-ged")


def who(terms, *changes, provision="halt", side=None):
    """Compile who is addressed, with other words for the subject of `halt`."""
    agreement = amended((HALT, f"halt: {{who: {terms}, what: hostilities,"), *changes, readings=False)
    text = agreement.under(None)
    return compile_who(text.provisions[provision], text, book_of(agreement), side)


def what(terms, *changes):
    """Compile what is banned, with other words for the act of `halt`."""
    text = amended((HALT, f"halt: {{who: armies, what: {terms},"), *changes, readings=False).under(None)
    return compile_what(text.provisions["halt"], text, codebook_of([text]))


def members(found):
    """List the actors surely in, and those who may be; the unlisted one is -1."""
    *listed, unlisted = found.tolist()
    places = [*enumerate(listed), (UNLISTED, unlisted)]
    return [at for at, truth in places if truth == 1], [at for at, truth in places if truth == 0]


def test_a_set_is_in_unsure_and_all_else_out():
    """An actor whom the terms do not list may go by another name."""
    assert members(who("armies").member) == ([ARMY, OTHER_ARMY], [SCOUTS, OTHER_SCOUTS, UNLISTED])


def test_actors_and_sets_together():
    """A list addresses each; what is sure goes before what is not."""
    assert members(who("[armies, northbank_scouts]").member) == ([ARMY, OTHER_ARMY, SCOUTS], [OTHER_SCOUTS, UNLISTED])


def test_anybody_is_anybody():
    """Listed or not, once for all."""
    found = who("[any, armies]")

    assert (found.member == 1).all()
    assert not found.spells


def test_words_without_a_list_leave_everybody_open():
    """Who is surely meant by another word stays so."""
    found = who("[northbank_army, armed bands of all kinds]")

    assert found.undefined
    assert members(found.member) == ([ARMY], [*range(1, 11), UNLISTED])


def test_a_set_within_an_unsure_place_is_no_more_than_unsure():
    """`guests` is unsure of the armies, all of them; the visitor is a member for a month only."""
    found = who("guests")
    june = [Span(start, start + 86_400_000_000) for start in (1_938_031_200_000_000, 1_940_623_200_000_000)]

    assert members(found.member) == ([], [ARMY, OTHER_ARMY, SCOUTS, OTHER_SCOUTS, UNLISTED])
    assert found.spells == (Spell(VISITORS, june[0], june[1]),)


def test_a_spell_in_an_unsure_place_is_no_more_than_unsure():
    """By itself, and through a set."""
    spell = "{who: visitors, until: 2031-07-01}"
    alone = who("guests", (GUESTS, f"guests: {{in: [], unsure: [{spell}]}}"))
    nested = who("guests", (GUESTS, f"inner: {{in: [{spell}]}}\n  guests: {{in: [], unsure: [inner]}}"))

    assert [one.truth for one in (*alone.spells, *nested.spells)] == [0, 0]
    assert alone.spells[0].begin == Span(NEVER_BEFORE, NEVER_BEFORE)


def test_a_set_may_be_a_member_for_a_time():
    """Then its own members are, and those who were so for a time only for the common part of it."""
    times = "from: 2031-06-10, until: 2031-08-01"
    found = who("hosts", (GUESTS, f"{GUESTS}\n  hosts: {{in: [{{who: guests, {times}}}]}}"))
    spells = {spell.actor: spell for spell in found.spells}
    day = 86_400_000_000

    assert members(found.member) == ([], [UNLISTED])
    assert {actor: spell.truth for actor, spell in spells.items()} == {
        ARMY: 0, OTHER_ARMY: 0, SCOUTS: 0, OTHER_SCOUTS: 0, VISITORS: 1
    }  # fmt: skip
    assert (spells[VISITORS].end.start_us - spells[VISITORS].begin.start_us) / day == 21
    assert (spells[ARMY].end.start_us - spells[ARMY].begin.start_us) / day == 52


def test_a_spell_within_a_spell_ends_with_the_first_of_the_two():
    """Who was a member to July, of a set that was one from 10 to 20 June, was so for ten days."""
    times = "from: 2031-06-10, until: 2031-06-20"
    found = who("hosts", (GUESTS, f"{GUESTS}\n  hosts: {{in: [{{who: guests, {times}}}]}}"))
    [visit] = [spell for spell in found.spells if spell.actor == VISITORS]

    assert (visit.end.start_us - visit.begin.start_us) / 86_400_000_000 == 10


def test_a_spell_without_an_end_lasts():
    """From a day on, for ever."""
    found = who("guests", (GUESTS, "guests: {in: [{who: visitors, from: 2031-06-01}]}"))

    assert found.spells[0].end == Span(FOREVER, FOREVER)


def test_exceptions_are_actors_sets_and_words():
    """Ground is excepted elsewhere; words leave everybody open; a member for a time is excepted for that time."""
    found = who("armies, except: [northbank_scouts, Bridge]")
    worded = who("armies, except: [those on leave]")
    timed = who("armies, except: guests")

    assert members(found.excepted) == ([SCOUTS], [UNLISTED])
    assert not found.exception_undefined
    assert worded.exception_undefined
    assert members(worded.excepted) == ([], [*range(11), UNLISTED])
    assert [spell.actor for spell in timed.excepted_spells] == [VISITORS]
    assert members(who("armies").excepted) == ([], [])


def test_each_side_is_addressed_and_excepted_by_its_row():
    """`side.who` is the actor of the row, as a subject and as an exception."""
    behind = (
        "behind: {each_side: true, who: side.who, what: presence, where: {line: side.line, away: 3..4 mi}, at_most: 0"
    )

    assert members(who("armies", provision="behind", side="south").member) == ([OTHER_ARMY], [UNLISTED])
    found = who(
        "armies",
        (behind, behind.replace("who: side.who", "who: any, except: side.who")),
        provision="behind",
        side="north",
    )
    assert members(found.excepted) == ([ARMY], [UNLISTED])


def bound(found):
    """List those surely bound, and whether an unlisted actor is."""
    return [at for at, truth in enumerate(found.bound[:-1].tolist()) if truth == 1], int(found.bound[-1])


def test_who_is_bound():
    """A non-party never is, an addressee only by consent; an actor of no party is; of the unlisted nobody knows."""
    assert bound(who("armies")) == ([ARMY, OTHER_ARMY, SCOUTS, OTHER_SCOUTS, GUIDES, OTHER_GUIDES, VALE, VISITORS], 0)


def test_where_the_terms_free_nobody_an_unlisted_actor_is_bound():
    """All parties signed."""
    changes = [
        ("northhill: {role: non-party}", "northhill: [signatory]"),
        ("southhill: {role: non-party}", "southhill: [signatory]"),
        ("southvale: {role: addressee}", "southvale: {role: {northbank: signatory, southbank: guarantor}}"),
    ]

    assert bound(who("armies", *changes)) == ([*range(11)], 1)


def test_a_role_on_which_speakers_differ_or_that_binds_nobody_leaves_it_open():
    """One side's word decides nothing, and a mediator is neither; a host that only is addressed is free."""
    changes = [
        ("northhill: {role: non-party}", "northhill: {role: {northbank: non-party, southbank: signatory}}"),
        ("southhill: {role: non-party}", "southhill: [mediator]"),
        ("southvale: {role: addressee}", "southvale: [addressee, host]"),
    ]
    found = who("armies", *changes).bound.tolist()

    assert (found[6], found[7], found[9]) == (0, 0, -1)


def test_a_party_that_is_free_brings_nothing_about():
    """`through` binds those whom the rule names only if a party in it is bound itself."""
    free = who("[northhill_army], through: [southhill]")
    bound_by = who("[northhill_army], through: [southhill, northbank]")

    assert (free.bound[6], bound_by.bound[6]) == (-1, 1)


def test_an_actor_that_only_another_reading_lists_is_not_listed_here():
    """Its membership is that of any actor whom the terms do not list."""
    agreement = amended(("denies: [guns]}", "denies: [guns], add: {actors.militia: {of: northhill}}}"))
    book, text = book_of(agreement), agreement.under(None)
    militia = book.actors.index("militia")
    plain = compile_who(text.provisions["halt"], text, book, None)
    read = compile_who(text.provisions["halt"], agreement.under("northview"), book, None)

    assert (plain.member[militia], plain.bound[militia]) == (plain.member[-1], plain.bound[-1]) == (0, 0)
    assert (read.member[militia], read.bound[militia]) == (-1, -1)


def test_a_party_is_its_own_actors():
    """A rule may address a party by its name; one without actors has no members that could be checked."""
    assert members(who("northbank").member) == ([ARMY, SCOUTS, GUIDES], [UNLISTED])


def test_parties_that_bring_it_about_bind_those_whom_they_name():
    """Members and perhaps-members, for a time too; others stay as free as they were."""
    found = who("[northhill_army, guests], through: [northbank]", ("who: visitors, from", "who: southhill_army, from"))

    assert bound(found) == ([*range(9), VISITORS], 1)


@pytest.mark.parametrize(
    ("words", "acts", "things"),
    [
        ("presence", ["presence"], []),
        ("[fire, presence]", ["fire", "presence"], []),
        ("tank", [], ["tank"]),
        ("[fire, tank]", ["fire"], ["tank"]),
        ("{any: [tank, mortar]}", [], ["tank", "mortar"]),
    ],
)
def test_acts_and_things_are_told_apart(words, acts, things):
    """A list bans each of its entries."""
    found = what(words)

    assert found.acts == tuple(ACT_IDS[act] for act in acts)
    assert found.things == tuple(tuple(KINDS).index(thing) for thing in things)
    assert not found.undefined


@pytest.mark.parametrize("words", ["good faith", "fire.flare", "{post: {monitoring: 10}}"])
def test_words_that_are_no_act_have_no_definition(words):
    """Several words, an act outside the tree, a mapping of its own kind."""
    found = what(words)

    assert found.undefined
    assert found.acts == found.things == ()


LISTED = (
    "lines:\n  river",
    (
        "models: {K_7: {kind: gun, calibre: 122 mm, range: 15..16 km, also: [K-7]}, Zeta: {kind: mlrs}}\n"
        "things: {small: {any: [{gun: {calibre: 'under 100 mm'}}]}, big: {any: [gun, K-7], but_not: small}}\n"
        "lines:\n  river"
    ),
)
GUN, TANK, MLRS = (tuple(KINDS).index(name) for name in ("gun", "tank", "mlrs"))
SMALL = Sort((BySize(GUN, Bounds(0.0, np.nextafter(100.0, 0.0))),))


def test_a_thing_by_size_is_a_kind_and_its_bounds():
    """Both ends included; without sizes it is the kind itself."""
    assert what("{gun: {calibre: 122 mm}}").things == (BySize(GUN, Bounds(122.0, 122.0)),)
    assert what("{gun: {range: <=20 km}}").things == (BySize(GUN, range=Bounds(0.0, 20_000.0)),)
    assert what("{any: [tank, {gun: {}}]}").things == (TANK, GUN)
    assert not what("{gun: {}}").by_more_than_kind
    assert what("{gun: {calibre: 122 mm}}").by_more_than_kind


def test_a_class_is_what_it_is_made_of():
    """Kinds, makes by any of their words, and other classes; what it leaves out goes along."""
    found = what("[fire, big]", LISTED)
    words = codebook_of([amended(LISTED, readings=False).under(None)]).makes
    ids = sorted(words.index(word) for word in ("k-7", "k_7"))
    make = Make(tuple(ids), GUN, Bounds(122.0, 122.0), Bounds(15_000.0, 16_000.0))

    assert found.acts == (ACT_IDS["fire"],)
    assert found.things == (Sort((GUN, make), (SMALL,)),)
    assert found.makes.kind[[*ids, words.index("zeta"), -2, -1]].tolist() == [GUN, GUN, MLRS, -1, -1]
    assert found.makes.calibre[words.index("zeta")].tolist() == [-np.inf, np.inf]
    assert what("fire", LISTED).makes is None


def test_alternatives_may_leave_things_out():
    """In a sentence as in a class; acts beside them stay acts, and words without a definition stay so."""
    found = what("{any: [fire, big, odd things], but_not: [small, {tank: {calibre: 100 mm}}]}", LISTED)
    everything = what("{any: [fire], but_not: gun}", LISTED)

    assert found.acts == (ACT_IDS["fire"],)
    assert found.undefined
    assert found.things[0].but_not == (SMALL, BySize(TANK, Bounds(100.0, 100.0)))
    assert (everything.things, everything.undefined) == ((), False)


def test_words_within_a_class_have_no_definition_either():
    """By themselves, or by size."""
    odd = (LISTED[0], "things: {odd: {any: [heavy arms of all kinds, {old guns: {range: over 5 km}}]}}\n" + LISTED[0])

    assert what("odd", odd).things == (Sort((ByWords(), BySize(ByWords(), range=Bounds(5000.000000000001, np.inf)))),)


def test_a_make_that_was_not_known_yet_selects_nothing_that_could_be_checked():
    """Its words stay in the text; what they stand for came later."""
    later = LISTED[1].replace("{kind: mlrs}", "{kind: mlrs, source: s.press}")
    agreement = amended((LISTED[0], later), (HALT, "halt: {who: armies, what: Zeta,"), readings=False)
    text = agreement.as_known(Span(0, 1_937_000_000_000_000)).under(None)
    found = compile_what(text.provisions["halt"], text, codebook_of([text]))

    assert (found.things, found.undefined) == ((), True)


def test_a_data_set_is_blind_to_what_it_can_never_show():
    """Presence, and things that are there; not to a list of which it can show one; words hide nothing from it."""
    blind = {
        words: bool(what(words).blind[UCDP])
        for words in ("presence", "tank", "{gun: {}}", "fire", "[presence, fire]", "faith and hope")
    }

    assert blind == {"presence": True, "tank": True, "{gun: {}}": True, "fire": False, "[presence, fire]": False,
                     "faith and hope": False}  # fmt: skip
    assert not what("presence").blind[-1]


def test_nobody_is_a_member_of_nothing():
    """Not even an unlisted actor."""
    member, spells, undefined = members_of([], truce().under(None), book_of(truce()))

    assert np.array_equal(member, np.full(12, -1))
    assert spells == ()
    assert not undefined
