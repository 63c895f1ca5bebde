"""Records of who said what: made at random, or from worlds of which the truth is known."""

from __future__ import annotations

from itertools import combinations, product

from truceline.evidence.chain import parse_chain
from truceline.evidence.speaker import Speaker
from truceline.evidence.statement import Statement

PEOPLE = ("Ada North", "Bo South", "Cy Eastman", "Di Westley")
OUTLETS = ("Agency", "Wire", "Gazette", "Herald", "Blog")
SOMEBODY = Speaker(description="official", body="Northbank")


def oracle(statements):
    """Count the fewest people who can account for all statements, by trying all sets of people.

    A statement without a named speaker, or of one whose first carrier is not certain, may be anybody's. One that
    its first carrier published itself, and had from no other carrier, is its speaker's. Any other is its
    speaker's, or of somebody named for a telling from which its first carrier may have it.
    """
    edges = drawn_edges(statements)
    firm = [(each, above(each, edges)) for each in statements if each.named and all(c.known for c in each.chain.first)]
    solid = [
        (who(each), up) for each, up in firm if len(each.chain.steps) == 1 and up == {c.name for c in each.chain.first}
    ]
    allowed = [
        {who(each)} if (who(each), up) in solid else {who(each), *(who(o) for o, v in firm if up & v or "?" in up | v)}
        for each, up in firm
    ]
    people = sorted(set().union(*allowed))
    enough = (
        size
        for size in range(len(people) + 1)
        if any(all(set(some) & own for own in allowed) for some in combinations(people, size))
    )
    return max(next(enough), min(1, len(statements)))


def who(statement):
    """Name the one speaker of a drawn statement."""
    return statement.speakers[0].person


def drawn_edges(statements):
    """List from whom each carrier had it: its neighbour in a chain, and whoever stands beyond a gap."""
    edges = set()
    for each in statements:
        steps = [[carrier.name for carrier in step] for step in each.chain.steps]
        for i, j in combinations(range(len(steps)), 2):
            if all(step == ["?"] for step in steps[i + 1 : j]):
                edges |= set(product(steps[i], steps[j]))
    return edges


def above(statement, edges):
    """Collect the first carriers of a statement and all above them, until there are no more."""
    seen, size = {carrier.name for carrier in statement.chain.first}, 0
    while len(seen) > size:
        size = len(seen)
        seen |= {upper for upper, lower in edges if lower in seen - {"?"}}
    return seen


def drawn(rng):
    """Draw a record of a claim in which anything may stand: gaps, doubts, circles, several accounts of one telling."""
    statements = []
    for number in range(rng.randint(1, 8)):
        chain = [rng.choice(OUTLETS) for _ in range(rng.randint(1, 3))]
        chain = ["?" if rng.random() < 0.08 else name + "?" * (rng.random() < 0.05) for name in chain]
        person = rng.choice([*PEOPLE, *PEOPLE, "", "official"])
        speakers = () if not person else (SOMEBODY,) if person == "official" else (Speaker(person=person),)
        head = "?" if not person else "named" if person in PEOPLE else "official"
        statements.append(Statement(f"n-{number}", speakers, parse_chain([head, *chain])))
    return statements


def told(rng):
    """Make up what truly happened, and what of it came down: who spoke to whom, who copied whom and spoilt what.

    Returns the statements and how many people truly spoke. Speakers tell outlets; outlets copy what they read, in
    full or cut short, translated, under a wrong name (where the first account is on record), or back in a circle.
    """
    spoke, statements = set(), []
    for _ in range(rng.randint(1, 4)):
        person, outlet = rng.choice(PEOPLE), rng.choice(OUTLETS)
        spoke.add(person)
        how = rng.choice(["named", "named", "official", "?"])
        statements.append((how, person if how == "named" else "", [outlet]))
    for _ in range(rng.randint(0, 6)):
        how, person, chain = rng.choice(statements)
        outlet = rng.choice([name for name in OUTLETS if name != chain[-1]])
        copy = [*chain, outlet]
        slip = rng.random()
        if slip < 0.15:
            how, person = "?", ""
        elif slip < 0.3:
            how, person = "official", ""
        elif slip < 0.45 and how == "named" and (how, person, chain[:1]) in statements:
            person = rng.choice(PEOPLE)
        elif slip < 0.6:
            copy = ["?", outlet]
        statements.append((how, person, copy))
    rng.shuffle(statements)
    made = []
    for number, (how, person, chain) in enumerate(statements):
        speakers = (Speaker(person=person),) if person else (SOMEBODY,) if how == "official" else ()
        made.append(Statement(f"n-{number}", speakers, parse_chain([how, *chain])))
    return made, len(spoke)
