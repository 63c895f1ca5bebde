"""The agreement of the common workload: six bans along one line, and the same rules as tables for the peers.

python -m workload.terms       (in benchmarks/) writes workload/terms.yaml anew
"""

import json
from pathlib import Path
from textwrap import fill

import numpy as np

import truceline
from truceline.basics.truth import any_of
from truceline.engines.setup import prepare
from truceline.evidence.acts import ACT_IDS, acts_truth
from truceline.evidence.acts import ACTS as TREE
from truceline.evidence.batch import Lists
from truceline.plan.tables import Band, Rule

HERE = Path(__file__).parent
ACTORS = [f"{bank}{number:03d}" for bank in "ns" for number in range(100)]
FINER = ("small_arms.rifle", "small_arms.sniper", "artillery.gun", "artillery.mortar", "artillery.rocket", "air.bomb",
         "air.uav", "mine.road", "other.gas", "other.laser")  # fmt: skip
ACTS = [*TREE, *(f"fire.{name}" for name in FINER)]
SETS = {"armed": ("n000-n079 s000-s079", "n080-n089 s080-s089"), "foreign": ("n060-n089", "s060-s079"),
        "gunners": ("n000-n019 s000-s019", "n020-n039"), "builders": ("s000-s049", "n000-n009")}  # fmt: skip
DEEP = "[{until: 150 km, away: 10 km}, {from: 150 km, until: 300 km, away: 15 km}, {from: 300 km, away: 20 km}]"
FLAT = "[{until: 200 km, away: 25 km}, {from: 200 km, away: 35 km}]"
BANS = {
    "halt": ("armed", "hostilities", "{line: border, away: 5 km, ends: round}", "{from: 2024-03-01T00:00Z}"),
    "pull_back": ("foreign", "presence", f"{{line: border, sectors: {DEEP}, ends: round}}",
                  "{from: 2024-06-01T00:00Z, until: 2026-06-01T00:00Z}"),
    "no_guns": ("gunners", "fire.artillery", "{line: border, away: 15 km, both_sides: true, ends: round}",
                "{from: 2024-06-01T00:00Z}"),
    "no_flights": ("armed", "overflight", f"{{line: border, sectors: {FLAT}, ends: round}}",
                   "{from: 2025-01-01T00:00Z}"),
    "no_works": ("builders", "construction", "{line: border, away: {from: 10 km, to: 25 km}, ends: round}",
                 "{from: 2024-03-01T00:00Z}"),
    "no_advance": ("armed", "advance", "{line: border, away: 40 km, both_sides: true, ends: round}",
                   "{from: 2024-03-01T00:00Z, until: 2026-03-01T00:00Z}"),
}  # fmt: skip
LAST = "    at_most: 0\n    under: pact\n    source: s.pact"
TEXT = """\
# The agreement of the benchmarks, made up: six bans along one line, one reading, no town and no party of this world.
# Written by benchmarks/workload/terms.py; line.geojson is drawn beside it for each run.
truceline: 1

agreement: {{id: bench-truce, title: Truce of the benchmarks, class: cessation, zone: UTC}}

instruments:
  pact: {{title: Truce, signed: 2024-01-01, in_force: 2024-01-01T00:00Z, text: public}}

parties:
  northbank: {{role: signatory}}
  southbank: {{role: signatory}}

actors:
{actors}

sets:
{sets}

lines:
  border:
    title: the line
    plus: left
    geometry: {{file: line.geojson, id: border}}
    edges: geodesic

provisions:
{bans}

sources:
  s.pact: {{by: [Northbank, Southbank], said: 2024-01-01, kind: primary}}
"""


def text_of_terms() -> str:
    """Write the agreement."""
    sets = [f"  {name}:\n    in: {_names(sure)}\n    unsure: {_names(unsure)}" for name, (sure, unsure) in SETS.items()]
    keys = ("who", "what", "where", "when")
    bans = ["\n".join((f"  {name}:", *(f"    {key}: {word}" for key, word in zip(keys, ban, strict=True)),
                       LAST)) for name, ban in BANS.items()]  # fmt: skip
    return TEXT.format(actors=_folded(f"[{', '.join(ACTORS)}]", "  "), sets="\n".join(sets), bans="\n".join(bans))


def tables_of(terms: Path) -> dict[str, object]:
    """Compile the agreement and give its rules as numbers, as somebody would write them into a script of his own."""
    setup = prepare(truceline.load(terms))
    return {"actors": ACTORS, "acts": ACTS, "rules": [_table(rule, setup.book) for rule in setup.plans[0].rules]}


def write_tables(terms: Path, path: Path) -> None:
    """Write `tables_of` as JSON."""
    path.write_text(json.dumps(tables_of(terms)), encoding="utf-8")


def _table(rule: Rule, book) -> dict[str, object]:
    band = rule.where
    if not isinstance(band, Band):
        raise TypeError(band)
    stretches = [(one.begin, one.end, one.depth) for one in band.sectors] or [(0.0, np.inf, band.depth)]
    return {
        "name": str(book.rules[rule.rule]), "both_sides": band.both_sides,
        # A band on both sides has no inner limit: the distance of a disc that covers the line may be nothing.
        "bands": [[begin, min(end, 1e9), -1e9 if band.both_sides else depth.near.lo, depth.far.lo]
                  for begin, end, depth in stretches],
        "from_us": rule.when.begin.start_us, "until_us": min(rule.when.end.start_us, 2**62),
        "who": [int(rule.who.member[book.actor_ids[name]]) for name in ACTORS], "what": _acts(rule).tolist(),
    }  # fmt: skip


def _acts(rule: Rule) -> np.ndarray:
    """Say of each of the acts whether it is the act of the rule: finer ones are what they are a kind of."""
    none = Lists(np.zeros(len(ACTS) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))
    known = [name if name in ACT_IDS else name.rpartition(".")[0] for name in ACTS]
    acts = np.array([ACT_IDS[name] for name in known], dtype=np.int32)
    return any_of(*(acts_truth(tuple(TREE)[act], acts, none) for act in rule.what.acts))


def _names(ranges: str) -> str:
    found = [name for one in ranges.split() for name in ACTORS if one[:4] <= name <= one[-4:]]
    return _folded(f"[{', '.join(found)}]", "         ").lstrip()


def _folded(words: str, indent: str) -> str:
    return fill(words, 116, initial_indent=indent, subsequent_indent=f"{indent} ", break_on_hyphens=False)


if __name__ == "__main__":
    (HERE / "terms.yaml").write_text(text_of_terms(), encoding="utf-8")
