"""What the lint asks of reports: for how many of them the reading decides."""

from truceline.engines.contests import contests_of
from truceline.engines.deciding import Background
from truceline.terms.lint import lint
from world import check, reports, setup, truce

ROW = {"by": ["Northbank Forces"], "from": "2031-06-10", "until": "2031-06-10", "act": "presence", "radius_m": 0.0}


def contests(*rows):
    """Count where the readings of the toy truce differ on some reports."""
    checked, background = check(reports(*rows)), Background()
    background.look(checked)
    return contests_of(checked.summary, setup(), background)


def test_a_clause_is_contested_by_the_reports_on_which_its_readings_differ():
    """A position between two depths decides it; one far away does not; clauses that nobody judges are left out."""
    near, far = {**ROW, "lon": 20.5, "lat": 0.147}, {**ROW, "lon": 20.5, "lat": 1.0}
    found = contests(near, far)

    assert (found["behind@north"].depends, found["behind@north"].reports) == (1, 2)
    assert set(found["behind@north"].fields) <= {"line", "depth"}
    assert found["halt"].depends == 0
    assert "spirit" not in found


def test_a_contested_clause_is_a_finding_at_its_place():
    """RDG-1 names the clause; without reports it is silent."""
    found = contests({**ROW, "lon": 20.5, "lat": 0.147})
    findings = lint(truce(), only=["RDG-1"], contests=found)

    assert "provisions.behind" in [finding.path for finding in findings]
    assert lint(truce(), only=["RDG-1"]) == ()
