"""The lint from Python: with reports it says where readings differ."""

from pathlib import Path

import truceline as tl

TOY = Path(__file__).parents[2] / "examples" / "toy"


def test_reports_show_where_readings_differ():
    """One report of the toy lies between the two depths; as a table or from a file it is the same finding."""
    deal = tl.load(TOY / "terms.yaml")
    from_file = tl.lint(deal, only=["RDG-1"], reports=tl.read_reports(TOY / "reports.csv", zone="UTC"))
    near = tl.report(by="Southbank Army", lon=20.45, lat=9.95028, within="500 m", when="2030-03-06", act="position")

    assert [finding.path for finding in from_file] == ["provisions.pull_back"]
    assert "for 1 of 5 reports (deciding fields: depth 1)" in from_file[0].what
    assert [finding.path for finding in tl.lint(deal, only=["RDG-1"], reports=near)] == ["provisions.pull_back"]
    assert tl.lint(deal, only=["RDG-1"]) == ()


def test_with_reports_everything_else_is_found_too():
    """Reports add findings and take none away."""
    deal = tl.load(TOY / "terms.yaml")
    reports = tl.read_reports(TOY / "reports.csv", zone="UTC")

    assert set(tl.lint(deal)) < set(tl.lint(deal, reports=reports))
