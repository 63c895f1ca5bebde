"""What flew: overflights, and aircraft that may have."""

import pytest

from truceline.evidence.acts import ACT_IDS
from truceline.evidence.flight import flies
from truceline.evidence.kinds import KINDS
from world import batch

IDS = {name: number for number, name in enumerate(KINDS)}


@pytest.mark.parametrize(
    ("act", "thing", "truth"),
    [
        ("overflight", None, 1), ("overflight", "uav", 1), ("overflight", "tank", 0), ("presence", "tank", -1),
        ("presence", "helicopter", 0), ("presence", None, 0), ("position", "helicopter", -1), ("fire.air", None, 0),
        ("fire.artillery", None, -1), (None, "aircraft", 0), (None, "ship", -1), (None, None, 0),
    ],
)  # fmt: skip
def test_only_a_flight_of_what_can_fly_is_in_the_air(act, thing, truth):
    """A parked aircraft is not; whether one that is there flew nobody can tell; a tank did not."""
    shown = batch(1, act=[ACT_IDS.get(act, -1)], thing=[IDS.get(thing, -1)])

    assert flies(shown).tolist() == [truth]
