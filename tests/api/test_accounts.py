"""What reports say together, in Python."""

import pandas as pd
import pyarrow as pa
import pytest

import truceline as tl
from truceline.errors import EvidenceError

TERMS = """
truceline: 1
agreement: {id: river, title: River truce, class: cessation, zone: UTC}
instruments: {truce: {in_force: "2031-01-01T00:00+00:00"}}
parties: {northbank: [signatory], southbank: [signatory]}
actors: {northbank_army: {of: northbank}}
areas: {valley: {geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0], [21.0, 11.0], [20.0, 11.0], [20.0, 10.0]]}}}
provisions: {tanks: {who: northbank_army, what: tank, where: valley, at_most: 75, under: truce, source: s.text}}
sources: {s.text: {kind: primary, by: both sides}}
"""
JUDGED = "id,kind,about,by,decided,why\nj-1,not_same,a; b,desk officer,2031-06-05,at one time\n"
EFFORT = "id,by,from,until,zone,complete,shows\ni-1,inspectors,2031-06-03,2031-06-03,valley,yes,presence\n"


def forty(name):
    """Make a report of 40 tanks in the valley."""
    return tl.report(name=name, by="northbank_army", lon=20.5, lat=10.5, within="1 km", when="2031-06-01T12:00Z",
                     act="presence", thing="tank", count=40)  # fmt: skip


@pytest.fixture
def checked(tmp_path):
    """Check two reports with both files."""
    for name, text in (("judged.csv", JUDGED), ("effort.csv", EFFORT)):
        (tmp_path / name).write_text(text)
    return tl.check(tl.loads(TERMS), [forty("a"), forty("b")], effort=tmp_path / "effort.csv",
                    judgements=str(tmp_path / "judged.csv"))  # fmt: skip


def test_accounts_are_rows_a_table_and_words(checked):
    """As values, as Arrow, as a data frame, in print and in a notebook."""
    accounts = checked.accounts

    assert repr(accounts) == "<Accounts: 2 rows on 1 provision>"
    assert (accounts[0].verdict, accounts[0].count_lo, len(accounts[:1])) == ("violation", 80, 1)
    assert [one.name for one in accounts] == ["", "i-1"]
    assert pa.table(accounts)["counted"].to_pylist() == ["a;b", ""]
    assert pd.DataFrame(accounts.table.to_pandas()).shape == (2, len(accounts.table.column_names))
    assert "40 + 40 = 80 surely inside" in str(accounts)
    assert "<td" in accounts._repr_html_()
    assert "kept at that time" in str(checked)


def test_nothing_to_count_says_so():
    """Without a rule that asks for a number there are no rows."""
    accounts = tl.check(tl.loads(TERMS.replace("at_most: 75", "at_most: 0")), forty("a")).accounts

    assert (len(accounts), str(accounts)) == (0, "")
    assert "No rule asks for a number" in accounts._repr_html_()


def test_values_do_as_well_as_files(checked):
    """Records and judgements may be made."""
    beside = checked.setup.beside
    again = tl.check(tl.loads(TERMS), [forty("a"), forty("b")], effort=beside.effort, judgements=beside.judgements)

    assert list(again.accounts) == list(checked.accounts)


def test_a_judgement_about_a_report_that_is_not_there_gives_a_warning(tmp_path):
    """As a misspelt word of a data frame does; the judgement of a file is named with its row."""
    path = tmp_path / "judged.csv"
    path.write_text(JUDGED.replace("a; b", "a; c; d; e; f"))
    deal = tl.loads(TERMS)

    with pytest.warns(UserWarning, match=r"row 1 judgement j-1: TL-S204 .*: 'c', 'd', 'e' and 1 more; correct the id"):
        checked = tl.check(deal, [forty("a"), forty("b")], judgements=path)
    with pytest.warns(UserWarning, match="^judgement j-1: TL-S204"):
        tl.check(deal, forty("a"), judgements=checked.setup.beside.judgements)


def test_a_bad_row_of_a_file_is_an_error(tmp_path):
    """It is not left out in silence."""
    path = tmp_path / "effort.csv"
    path.write_text(EFFORT.replace("yes", "perhaps"))

    with pytest.raises(EvidenceError, match="TL-S103"):
        tl.check(tl.loads(TERMS), forty("a"), effort=path)
