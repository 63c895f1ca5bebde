"""Words in a data frame that nobody knows are told, as those of a file are."""

import warnings
from pathlib import Path

import pyarrow as pa
import pytest

import truceline as tl
from truceline.api.doubts import doubts_of

ODD = {"report": ["a", "b", "c", "d"], "act": ["shoting", "fire.flare", None, "shoting"],
       "maybe": [["fire"], ["clsh", "clsh"], [], ["clsh"]], "thing": ["tnk", "tank", "tank", None]}  # fmt: skip
NO_ACT, NO_THING = "TL-R210 no act has this name: it equals only itself", "TL-R211 no thing has this name: it equals"
TOLD = [
    f"reports row 1 column act: {NO_ACT} ('shoting', 2 rows); use a name from the tree of acts, or map it",
    f"reports row 2 column maybe: {NO_ACT} ('clsh', 2 rows); did you mean 'clash'?",
    f"reports row 1 column thing: {NO_THING} only itself ('tnk', 1 row); did you mean 'tank'?",
]


def heard(call):
    """Give what a call warns of, and where each warning points to."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        call()
    return [str(one.message) for one in found], {one.filename for one in found}


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars"])
def test_misspelt_words_of_a_frame_are_told(deal, library):
    """Acts, further acts and things, each word once, with its first row, where the user called; by every call."""
    frames = pytest.importorskip(library)
    odd = frames.table(ODD) if library == "pyarrow" else frames.DataFrame(ODD)

    for call in (tl.check, tl.sweep, lambda *asked: tl.explain(*asked, "a")):
        said, places = heard(lambda call=call: call(deal, odd))
        assert said == TOLD
        assert [Path(place).name for place in places] == ["test_doubts.py"]


def test_good_words_are_no_news(deal, post):
    """A report in words that the trees know gives no warning, nor does what a reader of files has told before."""
    assert heard(lambda: tl.check(deal, post)) == ([], set())
    assert len(heard(lambda: tl.check(deal, tl.report(act="posiiton")))[0]) == 1


def test_words_read_from_a_file_are_told_once(deal, tmp_path):
    """By the reader, with the row in the file; not again by the check."""
    (tmp_path / "a.csv").write_text("report,act\na,shoting\n", encoding="utf-8")
    read = tl.read_reports(tmp_path / "a.csv", agreement=deal)

    assert read.counts["TL-R210"] == 1
    assert heard(lambda: tl.check(deal, [read, pa.table({"report": ["z"], "act": ["shoting"]})]))[0] == [
        TOLD[0].replace("row 1", "row 2").replace("2 rows", "1 row")
    ]


def test_very_many_words_are_counted():
    """Ten of a column are named, the others counted: a column of the wrong kind is one mistake."""
    told = doubts_of(pa.table({"act": [f"act {number}" for number in range(1_012)]}))

    assert len(told) == 11
    assert str(told[-1]).startswith(f"reports column act: {NO_ACT} (1,002 more words); use a name")


def test_a_release_that_nobody_knows_is_protected(deal):
    """As in a file: whatever is not clearly public hides its place, whatever the capitals."""
    table = pa.table({"report": ["a", "b", "c", "d"], "release": ["Protected", "secret", "PUBLIC", None]})
    found = []
    said, _ = heard(lambda: found.append(tl.check(deal, table)))

    assert found[0].hidden.tolist() == [True, True, False, False]
    assert len(said) == 1
    assert said[0].startswith("reports row 2 column release: TL-R222 release is neither public nor protected: taken as")
    assert said[0].endswith("('secret', 1 row); write public or protected")
