"""What data sets can show, and the tables of codes."""

from __future__ import annotations

import pytest

from truceline.errors import EvidenceError
from truceline.evidence.acts import ACTS
from truceline.evidence.columns import COLUMNS, LISTS, NAMES
from truceline.evidence.datasets import DATASETS, cannot_show
from truceline.evidence.mapping import act_table, is_actor, is_known_act
from truceline.evidence.precision import precision_table


def precision(**cells: str) -> dict[str, str]:
    """Make a row of a precision table."""
    return {"dataset": "d", "code": "1", "radius_m": "", "level": "", "days": "", "note": "", **cells}


def shown(**cells: str) -> dict[str, str]:
    """Make a row of a table of event codes."""
    return {"code": "Battle", "act": "clash", "maybe": "", "by": "", "thing": "", "note": "", **cells}


def test_columns_have_one_name_each():
    """Thirty-two columns, four of them lists."""
    assert len(set(NAMES)) == len(COLUMNS) == 32
    assert {"involved", "by", "maybe", "via"} == LISTS


def test_a_set_that_codes_deaths_cannot_show_presence_or_its_absence():
    """A rule about presence, positions or movement gets no verdict from it; one about fire does."""
    assert all(cannot_show("ucdp-ged", act) for act in ("presence", "position", "movement", "delivery", "advance"))
    assert not any(cannot_show("ucdp-ged", act) for act in ("hostilities", "fire", "fire.artillery", "clash"))


def test_a_set_that_declares_nothing_can_show_everything():
    """Neither an unknown set nor one without a declaration is blind."""
    assert not any(cannot_show(dataset, act) for dataset in (None, "patrols", "acled") for act in ACTS)


def test_what_data_sets_declare_is_in_the_tree_and_does_not_contradict_itself():
    """No set shows what it cannot show."""
    for dataset in DATASETS.values():
        assert {*dataset.shows, *dataset.cannot_show} <= set(ACTS)
        assert not set(dataset.shows) & set(dataset.cannot_show)


def test_a_precision_code_is_a_radius_a_level_or_days():
    """Each row says exactly one of the three."""
    table = precision_table(
        [precision(radius_m="500"), precision(code="2", level="adm1"), precision(code="3", days="0")], "p.csv"
    )

    assert table["d", "1"].radius_m == 500.0
    assert table["d", "2"].level == "adm1"
    assert table["d", "3"].days == 0
    assert table["d", "3"].radius_m is table["d", "3"].level is None


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({}, "0 of radius_m"),
        ({"radius_m": "5", "level": "adm1"}, "2 of radius_m"),
        ({"level": "village"}, "'village' is no level"),
        ({"radius_m": "\uff15"}, "is no whole number"),
        ({"radius_m": "0"}, "a radius of 0 m"),
        ({"days": "-1"}, "is no whole number"),
    ],
)
def test_a_faulty_precision_row_is_refused(cells, what):
    """The message names the row and what is wrong."""
    with pytest.raises(EvidenceError, match=r"p\.csv row 1: TL-R008") as error:
        precision_table([precision(**cells)], "p.csv")

    assert what in str(error.value)


def test_all_faulty_rows_are_named_at_once():
    """Two rows with one code, and a row without anything, are two faults."""
    rows = [precision(radius_m="5"), precision(radius_m="6"), precision(code="9")]
    with pytest.raises(EvidenceError) as error:
        precision_table(rows, "p.csv")

    assert [fault.at for fault in error.value] == ["p.csv row 2", "p.csv row 3"]


def test_an_event_code_shows_one_act_surely_and_others_maybe():
    """Blanks around names do not matter."""
    table = act_table([shown(maybe=" fire ; presence;")], "a.csv")

    assert table["Battle"].act == "clash"
    assert table["Battle"].maybe == ("fire", "presence")


def test_an_event_code_with_an_unknown_act_or_twice_is_refused():
    """Every faulty row is named."""
    with pytest.raises(EvidenceError) as error:
        act_table([shown(act="shelling"), shown(code="B"), shown(code="B")], "a.csv")

    assert [fault.at for fault in error.value] == ["a.csv row 1", "a.csv row 3"]
    assert "no act is called 'shelling'" in str(error.value)


def test_names_that_are_no_actors_are_exact_or_begin_with_a_word():
    """An entry without a star must be the whole name."""
    assert not is_actor("Bystanders", ["Bystanders"])
    assert is_actor("Bystanders' Army", ["Bystanders"])
    assert is_known_act("fire")
    assert not is_known_act("shelling.heavy")
