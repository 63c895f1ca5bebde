"""The closed list of reasons."""

from truceline.judge.reasons import BY_CODE, REASONS, bit, codes_of
from truceline.judge.verdict import VERDICTS

STORED = [
    "not_in_force", "not_bound", "condition_unmet", "denied", "not_subject", "not_the_act", "outside", "excepted",
    "every_condition_met", "no_date", "report_time_coarse", "term_undated", "term_time_vague", "actor_not_named",
    "attribution_unknown", "membership_contested", "actor_unlisted", "subject_undefined", "act_unclear",
    "act_undefined", "thing_not_stated", "report_too_coarse", "report_unplaced", "term_too_vague",
    "distance_undisclosed", "line_undisclosed", "line_uncertain", "line_not_stated", "side_not_stated",
    "beyond_line_end", "ends_not_stated", "sector_unclear", "area_contested", "area_undefined",
    "exception_undefined", "bound_unknown", "source_cannot_show", "count_incomplete", "not_judged_yet",
]  # fmt: skip


def test_a_code_keeps_its_place():
    """Stored masks keep their meaning: codes are only ever added at the end."""
    assert [reason.code for reason in REASONS][: len(STORED)] == STORED


def test_every_reason_goes_with_one_verdict_and_says_something():
    """What leaves a verdict open says what would decide it; what decides it leaves nothing to say."""
    assert len(BY_CODE) == len(REASONS) <= 64
    for reason in REASONS:
        assert reason.verdict in VERDICTS
        assert reason.words
        assert bool(reason.decided_by) == (reason.verdict == "indeterminate")


def test_a_mask_gives_its_codes_back():
    """Each alone, and all together."""
    everything = sum(int(bit(reason.code)) for reason in REASONS)

    assert [codes_of(int(bit(reason.code))) for reason in REASONS] == [(reason.code,) for reason in REASONS]
    assert codes_of(everything) == tuple(BY_CODE)
    assert codes_of(0) == ()
