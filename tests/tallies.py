"""Accounts of the toy truce: reports inside its limits, records of effort and judgements beside them."""

from __future__ import annotations

import pyarrow as pa

from truceline.api.effort import with_beside
from truceline.engines.setup import prepare
from truceline.evidence.effort import Beside
from truceline.formats.effort_file import effort_from_rows
from truceline.formats.judgements_file import judgements_from_rows
from world import amended, at, spot

DESK = {"by": "desk officer", "decided": "2031-06-20", "why": "seen at one time"}
APART = {"id": "j-1", "kind": "not_same", "about": "r0; r1", **DESK}
TANKS = {"act": "presence", "thing": "tank", "by": ["northbank_army"], **at("2031-06-01T10:00")}
INSIDE = {**TANKS, **spot(30_000, 5_000)}
INSPECTION = {"id": "i-1", "by": "inspectors", "from": "2031-06-01", "until": "2031-06-01", "zone": "few",
              "complete": "yes", "shows": "presence; hostilities"}  # fmt: skip
FIRE = {"act": "fire", "by": ["northbank_army"], "lon": 20.35, "lat": 0.1, "radius_m": 100.0, **at("2031-06-01T10:00")}
WATCHED = {**INSPECTION, "zone": "Northton"}


def linked(table, *efforts):
    """Let reports name their records of effort."""
    return table.append_column("effort", pa.array(efforts, pa.string()))


def beside(held, effort=(), judgements=()):
    """Put records of effort and judgements beside a setup."""
    read = effort_from_rows(effort, "log"), judgements_from_rows(judgements, "desk")
    assert not any(one.rejected for one in read)
    return with_beside(held, Beside(read[0].records, read[1].judgements))


def row(checked, provision, name="", reading="text"):
    """Give one row of the accounts."""
    [found] = [one for one in checked.accounts_told
               if (one.provision, one.name, one.reading) == (provision, name, reading)]  # fmt: skip
    return found


AT_LEAST = (("both_sides: true, ends: flat}, at_most: 3,", "both_sides: true, ends: flat}, at_least: 3,"),
            ("provisions.few.at_most: 5", "provisions.few.at_least: 5"))  # fmt: skip
"""Words that make a floor of the ceiling of the toy truce, under each of its readings."""
FLOOR = prepare(amended(*AT_LEAST))
