"""The four verdicts."""

from truceline.judge.verdict import VERDICTS, Verdict


def test_the_words_of_the_verdicts_stand_in_their_order():
    """A verdict is stored as a number; the number is its place in the list of words."""
    assert VERDICTS == ("not_applicable", "no_violation", "indeterminate", "violation")
    assert [VERDICTS[verdict] for verdict in Verdict] == [verdict.code for verdict in Verdict]
