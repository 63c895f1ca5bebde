"""The codes TL-S: what can be wrong with statements, grades, judgements and records of effort, and what to do.

TL-S0: the whole file is refused. TL-S1: the row is left out. TL-S2: the row is loaded, and the doubt is said.
TL-S3: a remark about the whole file. TL-S4: a grade or judgement that is refused. TL-S5: a record of effort that is
left out. A code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from truceline.errors import Fault

__all__ = ["CODES", "fault_of"]

CODES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "TL-S001": ("the ending of the name is none of such a file", "save it as .csv, .jsonl, .yaml or .json"),
    "TL-S002": ("columns are missing or not ours", "name the columns as docs/conventions.md does"),
    "TL-S003": ("this is no list of rows", "write a list of mappings, one for each row"),
    "TL-S101": ("the row has no id", "give every row an id that stays the same"),
    "TL-S102": ("a row with this id stands before", "give it an id of its own, or delete one of the two"),
    "TL-S103": ("this word is not in the list", "use a word of the list"),
    "TL-S104": ("this is neither a distance nor a date", "write '5-7 km', or '2017-07-09'"),
    "TL-S105": ("this is no date that can be read", "write 2017-07-09 or 2017-07-09T12:00+03:00"),
    "TL-S106": ("the chain cannot be read", "write 'Ada North>Agency>Gazette', with '?' for who is not known"),
    "TL-S107": ("the quote cannot be kept", "quote at most 25 words and 250 characters"),
    "TL-S108": ("prefix, suffix or hash without a quote", "give the quote, or leave all of them empty"),
    "TL-S109": ("neither a category nor a stance", "say what kind of statement it is"),
    "TL-S110": ("this is no proper row in JSON", "write one JSON object on one line, values as text or lists"),
    "TL-S111": ("it was published before it was said", "correct the dates"),
    "TL-S112": ("a person is named and described as unnamed", "give the person or the description"),
    "TL-S113": ("the lists of the speakers have different lengths", "give one entry per speaker, '-' for none"),
    "TL-S201": ("nobody is said to have said it", "name or describe the speaker if you know"),
    "TL-S202": ("release is neither public nor protected: taken as protected", "write public or protected"),
    "TL-S203": ("a quote without the hash of the source copy", "keep a copy, and give its SHA-256"),
    "TL-S204": ("the judgement is about reports that are in no file given: it counts for nothing there",
                "correct the id, or name the file in which the report stands"),
    "TL-S301": ("a column that is not ours is not read", "rename it if it is one of ours"),
    "TL-S302": ("the file has no rows", "check that it is the right file"),
    "TL-S303": ("rows that nobody has decided are left out", "fill in kind or grade, by, decided and why"),
    "TL-S401": ("1 means confirmed by independent sources, and there are not two independent origins",
                "grade it 2 or lower, or add a statement of another origin"),
    "TL-S402": ("this is no grade", "write a letter A-F and a digit 1-6, such as B2"),
    "TL-S403": ("who decided, or why, is missing", "name the person or role, and give the reasons"),
    "TL-S404": ("the judgement does not fit its kind", "see docs/concepts/origins.md"),
    "TL-S405": ("a judgement replaces one that there is not, or itself", "give the id of an earlier judgement"),
    "TL-S501": ("it does not say from when to when they watched", "give from and until, the later one last"),
    "TL-S502": ("the ground is not one", "give a zone, a region, or lon, lat and radius_m"),
    "TL-S503": ("a watch that was denied access is not complete", "write no for one of the two"),
    "TL-S504": ("a complete watch does not say what it could show", "name the acts, such as presence; fire"),
    "TL-S505": ("this number cannot be used", "write degrees, and metres from 0 on"),
    "TL-S506": ("somebody denied access, and access was not denied", "write yes for denied, or leave denied_by empty"),
    "TL-S507": ("nobody is said to have watched", "name who watched"),
})  # fmt: skip


def fault_of(code: str, at: str, evidence: str = "", remedy: str = "") -> Fault:
    """Make a fault from its code; `evidence` stands behind the words of the code.

    >>> print(fault_of("TL-S101", "said.csv row 3 column id"))
    said.csv row 3 column id: TL-S101 the row has no id; give every row an id that stays the same
    """
    what, do = CODES[code]
    return Fault(at, code, f"{what}: {evidence}" if evidence else what, remedy or do)
