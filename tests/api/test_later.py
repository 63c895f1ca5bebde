"""Only the later reports of a file are taken into a ledger."""

import pytest

from truceline.api.later import Later
from truceline.errors import UsageError


def test_a_day_is_needed():
    """What is no day is a wrong call."""
    with pytest.raises(UsageError, match="TL-E900"):
        Later.of("soon", None)
