"""The error tree: all faults at once, each on one line that can be clicked."""

import pytest

from truceline.errors import EvidenceError, Fault, GeometryError, LedgerError, TermsError, TrucelineError, UsageError

FAULTS = (
    Fault("deal.yaml:3:1", "TL-E003", "unknown key 'wen'", "did you mean 'when'?"),
    Fault("deal.yaml:12:9", "TL-E012", "'3 leagues' is not a distance", "write '3 mi'"),
)


def test_a_fault_is_one_line_with_place_code_cause_and_remedy():
    """``at: CODE what; what to do``."""
    assert str(FAULTS[0]) == "deal.yaml:3:1: TL-E003 unknown key 'wen'; did you mean 'when'?"


def test_faults_are_ordered_by_place():
    """By the letters of the place: a reader of a file who wants its order sorts by its lines."""
    assert sorted(FAULTS) == [FAULTS[1], FAULTS[0]]


@pytest.mark.parametrize("kind", [TermsError, EvidenceError, GeometryError, LedgerError, UsageError])
def test_an_error_carries_all_its_faults(kind):
    """Callers take the parts and never parse the text; one `except` catches the whole tree."""
    with pytest.raises(TrucelineError) as raised:
        raise kind(iter(FAULTS))

    assert raised.value.faults == tuple(raised.value) == FAULTS
    assert str(raised.value) == f"{FAULTS[0]}\n{FAULTS[1]}"
