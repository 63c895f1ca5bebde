"""Would this read the same if the parties were swapped? Names and sides make no difference to any result."""

import io
import re

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from truceline.engines.explaining import explain_all
from truceline.engines.setup import prepare
from truceline.engines.sweeping import SweepOptions, demands_table, sweep
from truceline.formats.terms_file import load_text
from truceline.terms.lint import lint
from world import TERMS, check, mirrored, reports, setup, swapped, truce

ACTORS = (*truce().under(None).actors, "Northbank Forces", "Southbank Forces", "strangers")
SETS = ("armies", "northbank_scouts", "southbank_scouts", "guests")


def rows():
    """Make 400 reports around the river, of every kind."""
    chance = np.random.default_rng(5)
    for number in range(400):
        yield {
            "lon": round(chance.uniform(19.9, 21.1), 4), "lat": round(chance.uniform(-0.4, 0.4), 4),
            "radius_m": [0.0, 300.0, 2_000.0, 25_000.0, None][number % 5],
            "from": f"2031-0{chance.integers(4, 8)}-{chance.integers(10, 29)}", "until": "2031-08-01",
            "by": [str(chance.choice(ACTORS))] if number % 3 else [],
            "involved": [str(one) for one in chance.choice(ACTORS, chance.integers(0, 3))],
            "act": str(chance.choice(["presence", "fire", "hostilities", "detention"])),
            "thing": [None, "tank", "gun", "mortar"][number % 4], "count_lo": number % 7,
            "dataset": [None, "ucdp-ged"][number % 11 == 0],
        }  # fmt: skip


ROWS = list(rows())


def results(held, table, sets=SETS):
    """Write everything that can be said about some reports as one text."""
    checked = check(table, held)
    options = SweepOptions((2_000.0, 7_000.0, 30_000.0), sets=sets, months=True)
    tables = [checked.findings, demands_table(checked), sweep(held, table, options)]
    lines = [_csv(one) for one in tables]
    lines += [repr(one) for one in checked.disagreements]
    lines += [repr(one) for report in ("r7", "r13") for one in explain_all(held, table, report)]
    return "\n".join(lines)


def _csv(table):
    words = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
    plain = table.cast(pa.schema(list(zip(table.column_names, words, strict=True))))
    written = io.BytesIO()
    pyarrow.csv.write_csv(plain, written)
    return written.getvalue().decode()


def words_of(row, change):
    """Change the names in a report."""
    return {name: [change(one) for one in value] if isinstance(value, list) else value for name, value in row.items()}


@pytest.fixture(scope="module")
def here():
    """Give the results as the world is."""
    return results(setup(), reports(*ROWS))


def test_swapping_the_sides_mirrors_every_result(here):
    """With names swapped and the ground mirrored, every verdict, reason, count and word is the same, byte for byte."""
    table = reports(*(words_of({**row, "lat": -row["lat"]}, swapped) for row in ROWS))
    there = swapped(results(prepare(mirrored(TERMS)), table, [swapped(name) for name in SETS]))

    assert _upright(there) == _upright(here)
    assert "northbank" in here
    assert "violation" in here


def test_swapping_the_sides_mirrors_a_denial_for_some():
    """A denial that reaches one army alone reaches the other one in the mirror, and the fields that decide with it."""
    scoped = TERMS.replace("denies: [guns]}", "denies: [halt, guns], scope: [southbank_army, Northton]}")
    tables = [reports(*(words_of({**row, "lat": sign * row["lat"]}, change) for row in ROWS))
              for sign, change in ((1, str), (-1, swapped))]  # fmt: skip
    here = results(prepare(load_text(scoped, "toy.yaml")), tables[0])
    there = swapped(results(prepare(mirrored(scoped)), tables[1], [swapped(name) for name in SETS]))

    assert _upright(there) == _upright(here)
    assert "denial" in here
    assert here != results(setup(), tables[0])


def _upright(text):
    """Leave out the sign of the latitude: it is the one fact of a report that the mirror changes."""
    return text.replace("('lat', '-", "('lat', '").split("\n")


def renamed(text, names):
    """Put another word for every name."""
    return re.sub(rf"(?<!plus: )\b({'|'.join(map(re.escape, names))})\b", lambda match: names[match[0]], text)


def test_other_names_for_everything_change_nothing(here):
    """Actors, sets, lines, areas, sides, zones, provisions, readings, demands, instruments, parties, under any name."""
    text = truce().under(None)
    sections = (text.actors, text.sets, text.lines, text.areas, text.sides, text.zones, text.provisions, text.readings,
                text.demands, text.instruments, text.parties)  # fmt: skip
    old = dict.fromkeys(name for entries in sections for name in entries)
    names = {name: f"q{number}x" for number, name in enumerate(old)}
    back = {new: old for old, new in names.items()}
    held = prepare(load_text(renamed(TERMS, names), "toy.yaml"))
    table = reports(*(words_of(row, lambda one: renamed(one, names)) for row in ROWS))
    there = results(held, table, [names[name] for name in SETS])

    assert _plain(renamed(there, back)) == _plain(here)


def _plain(text):
    """Leave out where a clause stands in the file, which longer names move, and the blanks put into names."""
    return re.sub(r"toy\.yaml:\d+:\d+", "toy.yaml", text).replace("_", " ").split("\n")


@pytest.mark.parametrize("covers", ["", "covers: {others: none}\n", "covers: {access: s.text, others: unknown}\n"])
def test_the_lint_mirrors_too(covers):
    """What a text leaves open is the same from both banks: same rules, same places, same words, names exchanged."""
    here = [str(finding) for finding in lint(load_text(TERMS + covers, "toy.yaml"))]
    there = [swapped(str(finding)) for finding in lint(mirrored(TERMS + covers))]

    assert sorted(there) == sorted(here)
    assert any("northbank" in line for line in here)
