"""Records of effort from rows of words: every fault with its column, and the time by the clock of the agreement."""

import pytest

from truceline.evidence.effort_words import read_effort

PATROL = {"id": "p-1", "by": "patrols", "from": "2031-06-01", "until": "2031-06-02", "zone": "strip"}
DISC = {"zone": "", "lon": "20.5", "lat": "0.1", "radius_m": "5000"}


def codes(**cells):
    """Read a row with some cells changed: the code and the column of each fault."""
    _, faults = read_effort(PATROL | cells, "log")
    return [(fault.code, fault.at.removeprefix("log").removeprefix(" column ")) for fault in faults]


def test_a_record_has_its_time_its_ground_and_what_it_shows():
    """Words are kept, lists are split, yes is yes."""
    record, faults = read_effort(
        PATROL | DISC | {"complete": "Yes", "shows": "presence; fire", "means": "camera"}, "log"
    )

    assert faults == ()
    assert (record.lon, record.lat, record.radius_m, record.region, record.zone) == (20.5, 0.1, 5000.0, "", "")
    assert (record.complete, record.denied, record.shows, record.means) == (True, False, ("presence", "fire"), "camera")


def test_a_bare_date_is_that_whole_day_by_the_clock_of_the_agreement():
    """From the first instant of one day until the last of the other; in UTC where the agreement names no zone."""
    record, _ = read_effort(PATROL, "log")
    local, universal = record.span("Etc/GMT-2"), record.span(None)

    assert local.end_us - local.start_us == 2 * 86_400_000_000
    assert universal.start_us - local.start_us == 2 * 3_600_000_000


def test_an_instant_is_a_record_too():
    """A satellite passes once."""
    record, _ = read_effort(PATROL | {"from": "2031-06-01T10:00Z", "until": "2031-06-01T10:00Z"}, "log")

    assert record.span(None).is_instant


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"id": ""}, [("TL-S101", "id")]),
        ({"by": " "}, [("TL-S507", "by")]),
        ({"until": ""}, [("TL-S501", "")]),
        ({"from": "01/06/2031"}, [("TL-S105", "from")]),
        ({"from": "01/06/2031", "until": ""}, [("TL-S105", "from"), ("TL-S501", "")]),
        ({"from": "../2031"}, [("TL-S501", "")]),
        ({"until": "2031/.."}, [("TL-S501", "")]),
        ({"until": "2031-05-30"}, [("TL-S501", "")]),
        ({"zone": ""}, [("TL-S502", "")]),
        ({"region": "D-7"}, [("TL-S502", "")]),
        ({"lon": "20"}, [("TL-S502", "")]),
        ({"zone": "", "lon": "20", "lat": "1"}, [("TL-S502", "")]),
        (DISC | {"lat": "91"}, [("TL-S505", "lat")]),
        (DISC | {"radius_m": "wide"}, [("TL-S505", "radius_m")]),
        ({"complete": "yes", "shows": "presence", "denied": "yes"}, [("TL-S503", "")]),
        ({"complete": "yes"}, [("TL-S504", "shows")]),
        ({"complete": "perhaps"}, [("TL-S103", "complete")]),
        ({"shows": "presense"}, [("TL-S103", "shows")]),
        ({"denied_by": "southbank_army"}, [("TL-S506", "denied_by")]),
    ],
)
def test_every_fault_has_its_place(cells, found):
    """All faults of a row at once, each where it stands."""
    assert codes(**cells) == found
    assert read_effort(PATROL | cells, "log")[0] is None


def test_a_word_that_is_nearly_right_is_suggested():
    """Presense is presence."""
    _, [fault] = read_effort(PATROL | {"shows": "presense"}, "log")

    assert "did you mean 'presence'?" in str(fault)
