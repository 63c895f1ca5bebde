"""Where a result comes from, as W3C PROV: the files that were written."""

import hashlib

from truceline.api.provenance import How, run_provenance
from truceline.api.reading import Asked, open_files
from truceline.api.terms import load
from truceline.engines.setup import prepare


def test_a_folder_of_findings_is_its_files(tmp_path):
    """What a cluster writes is a folder: each of its files is named below it, with its hash; other files are not."""
    (tmp_path / "findings").mkdir()
    for name in ("part-0.parquet", "part-1.parquet", "_SUCCESS"):
        (tmp_path / "findings" / name).write_text(name, encoding="utf-8")
    deal = load("examples/toy/terms.yaml")
    files = open_files(deal, ["examples/toy/reports.csv"], Asked())
    how = How(written={"findings": str(tmp_path / "findings")})
    text = run_provenance(prepare(deal), files, Asked(), how).decode()

    assert hashlib.sha256(b"part-1.parquet").hexdigest() in text
    assert '"findings/part-0.parquet"' in text
    assert "_SUCCESS" not in text
    assert str(tmp_path) not in text
