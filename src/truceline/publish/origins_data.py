"""The origins behind claims as data, for programs: the same as on a terminal, with ids in the place of words."""

from __future__ import annotations

from typing import Any

from truceline.basics.quantity import Distance
from truceline.errors import Fault
from truceline.evidence.claims import Claim, Figure
from truceline.evidence.grade import Grade
from truceline.evidence.judgement import Judgement
from truceline.evidence.origins import Origin, Voice
from truceline.evidence.speaker import Speaker
from truceline.evidence.statement import Statement
from truceline.publish.traced import Traced, changes_of, circles_of, conflicts_of, heard, is_open, span_words

__all__ = ["traced_data"]


def traced_data(traced: Traced) -> dict[str, Any]:
    """Give claims as what JSON can hold.

    Of a protected statement only its id and its release are given.
    """
    return {
        "as_known": traced.as_known,
        "statements": traced.of,
        "known_later": list(traced.later),
        "undated": list(traced.undated),
        "astray": list(traced.astray),
        "sealed": list(traced.sealed),
        "claims": [_claim(claim) for claim in traced.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    found = claim.origins
    return {
        "claim": claim.name or None,
        "about": list(claim.about),
        "count": found.count,
        "origins": [_origin(origin, claim) for origin in found.origins],
        "loose": [_voice(voice, claim) for voice in found.loose],
        "conflicts": [
            {"one": _voice(each.one, claim), "other": _voice(each.other, claim), "why": each.why}
            for each in conflicts_of(claim)
        ],
        "circles": [list(circle) for circle in circles_of(claim)],
        "changed": [
            {"fields": list(each.fields), "after": each.carrier, "before": _wordings(each.before),
             "became": _wordings(each.after)}
            for each in changes_of(claim)
        ],
        "figures": [_figure(figure) for figure in claim.figures if any(map(is_open, figure.statements))],
        "statements": [_statement(each) for each in claim.statements],
        "grades": {name: [_grade(each) for each in grades] for name, grades in claim.grades.items()},
        "refused": [{**_grade(each), "of": each.of, "faults": [_fault(one) for one in why]}
                    for each, why in claim.refused.items()],
        "judgements": [_judgement(each) for each in claim.judgements],
        "contests": [
            {"one": each.one, "other": each.other, "joined": each.joined, "judgements": list(each.judgements)}
            for each in claim.contests
        ],
    }  # fmt: skip


def _origin(origin: Origin, claim: Claim) -> dict[str, Any]:
    voices = [_voice(voice, claim) for voice in origin.voices]
    return {"named": origin.named, "at_least": origin.least, "statements": list(origin.statements), "voices": voices}


def _voice(voice: Voice, claim: Claim) -> dict[str, Any]:
    shown = heard(voice, claim)
    carried = [
        {"publisher": each.publisher or None, "via": list(each.via), "statements": list(each.statements),
         "languages": list(each.languages)}
        for each in shown.carried
    ]  # fmt: skip
    return {"speaker": shown.who or None, "first": list(shown.first), "carried": carried,
            "protected": list(shown.protected)}  # fmt: skip


def _wordings(words: tuple[tuple[str, tuple[str, ...]], ...]) -> list[dict[str, Any]]:
    return [{"words": said, "statements": list(ids)} for said, ids in words]


def _figure(figure: Figure) -> dict[str, Any]:
    shown = [each for each in figure.statements if is_open(each)]
    value = shown[0].value
    bounds = [value.lo, value.hi if value.hi < float("inf") else None] if isinstance(value, Distance) else None
    return {"value": str(value), "metres": bounds, "statements": [each.id for each in shown]}


def _statement(each: Statement) -> dict[str, Any]:
    if not is_open(each):
        return {"id": each.id, "release": each.release}
    cited = each.citation
    return {
        "id": each.id,
        "speakers": [_speaker(speaker) for speaker in each.speakers],
        "chain": str(each.chain),
        "category": each.category or None,
        "stance": each.stance or None,
        "modes": list(each.modes),
        "polarity": each.polarity,
        "value": str(each.value) if each.value else None,
        **{name: getattr(each, name) or None for name in ("words", "line", "subject", "fact", "hedge", "language")},
        **{name: str(getattr(each, name) or "") or None for name in ("said", "published", "retrieved")},
        "outlet": each.outlet or None,
        "url": each.url or None,
        "quote": cited.exact if cited else None,
        "sha256": (cited.sha256 or None) if cited else None,
        "release": each.release,
    }


def _speaker(each: Speaker) -> dict[str, Any]:
    return {name: getattr(each, name) or None for name in ("person", "office", "body", "description")}


def _grade(each: Grade) -> dict[str, Any]:
    return {"grade": each.grade, "by": each.by, "decided": span_words(each.decided), "why": each.why}


def _fault(fault: Fault) -> dict[str, str]:
    return {"code": fault.code, "what": fault.what, "do": fault.remedy}


def _judgement(each: Judgement) -> dict[str, Any]:
    return {
        "id": each.id, "kind": each.kind, "about": list(each.about), "what": each.what or None, "answer": each.answer,
        "by": each.by, "decided": span_words(each.decided), "why": each.why,
    }  # fmt: skip
