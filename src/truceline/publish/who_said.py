"""From traced claims to the part of the page that tells who said what; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from truceline.basics.counting import counted
from truceline.engines.told_dates import in_words
from truceline.evidence.claims import Claim
from truceline.evidence.origins import Origin, Voice
from truceline.evidence.statement import Statement
from truceline.evidence.vocabulary import POLARITIES
from truceline.publish.origins_text import claim_name, closing_words, contest_words, judgement_words, marks_of
from truceline.publish.traced import (
    Changed,
    Traced,
    Wording,
    changes_of,
    circles_of,
    conflicts_of,
    converted,
    heard,
    is_open,
    one_line,
    outlets_of,
    span_words,
    speaker_words,
    step_words,
)

__all__ = ["who_said"]


def who_said(traced: Traced) -> dict[str, Any]:
    """Put together what the page says about claims (`payload_claims.WhoSaid`)."""
    return {
        "claims": [_claim(claim) for claim in traced.claims],
        "notes": [in_words(sentence) for sentence in closing_words(traced)],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    found = claim.origins
    return {
        "id": claim_name(claim),
        "count": found.count,
        "outlets": outlets_of(claim.statements),
        "about": list(claim.about),
        "look": list(marks_of(claim)),
        "why": _why(claim),
        "origins": [_origin(origin, claim) for origin in found.origins],
        "loose": [_voice(voice, claim) for voice in found.loose],
        "credited": [
            {"one": _voice(each.one, claim), "other": _voice(each.other, claim), "why": in_words(each.why)}
            for each in conflicts_of(claim)
        ],
        "circles": [list(circle) for circle in circles_of(claim)],
        "changed": [_changed(each) for each in changes_of(claim)],
        "statements": [_statement(each, claim) for each in claim.statements],
        "decided": list(_decided(claim)),
    }


def _why(claim: Claim) -> str:
    """Say in one sentence why a claim has so many origins."""
    found, said = claim.origins, len(claim.statements)
    if not found.count:
        return "Those who carry it have it from one another: it rests on nothing but itself."
    many = sum(len(origin.voices) for origin in found.origins) + len(found.loose) > 1
    if found.count > 1:
        return f"At least {found.count} different people must have said it: no fewer account for what is stated."
    if said == 1:
        return "One statement has one origin."
    every = "both" if said == 2 else f"all {said}"
    if many:
        return (f"One person may account for {every} statements: a speaker who is not named may be anybody, "
                "and whoever carries a thing is no origin of it.")  # fmt: skip
    return f"{every.capitalize()} statements pass on one saying: whoever carries a thing is no origin of it."


def _origin(origin: Origin, claim: Claim) -> dict[str, Any]:
    return {
        "named": origin.named, "least": origin.least, "voices": [_voice(voice, claim) for voice in origin.voices],
    }  # fmt: skip


def _voice(voice: Voice, claim: Claim) -> dict[str, Any]:
    return {"speaker": heard(voice, claim).who or None, "statements": list(voice.statements)}


def _changed(each: Changed) -> dict[str, Any]:
    return {
        "fields": list(each.fields), "carrier": each.carrier, "before": _wordings(each.before),
        "after": _wordings(each.after),
    }  # fmt: skip


def _wordings(words: tuple[Wording, ...]) -> list[dict[str, Any]]:
    return [{"words": in_words(said), "statements": list(ids)} for said, ids in words]


def _statement(each: Statement, claim: Claim) -> dict[str, Any]:
    if not is_open(each):
        return {"id": each.id, "protected": True}
    cited = each.citation
    return {
        "id": each.id,
        "protected": False,
        "speaker": speaker_words(each),
        "via": [step_words(step) for step in each.chain.steps],
        "outlet": each.outlet or step_words(each.chain.publisher) or None,
        "day": _day(each),
        "does": list(_does(each)),
        "value": in_words(str(each.value)) if each.value else None,
        "other": (converted(each.value) or None) if each.value else None,
        **{name: one_line(getattr(each, name)) or None for name in ("words", "line", "hedge", "url", "language")},
        "said": one_line(each.fact) or None,
        "quote": cited.exact.strip() if cited else None,
        "copy": (cited.sha256[:12] or None) if cited else None,
        "grades": [
            f"{given.grade}, {given.words}: {given.by}, {in_words(span_words(given.decided))}: {given.why}"
            for given in claim.grades.get(each.id, ())
        ],
    }


def _day(each: Statement) -> str | None:
    """Say when it was published, else when it was said; a doubt is written out."""
    words = str(each.published or each.said or "")
    return f"{in_words(words.rstrip('?'))}{' (not certain)' if words.endswith('?') else ''}" or None


def _does(each: Statement) -> Iterator[str]:
    """Say what a statement does, and if it speaks against the thing."""
    yield from (word for word in ((each.stance or each.category).replace("_", " "), *each.modes) if word)
    if each.polarity != "positive":
        yield POLARITIES[each.polarity].removeprefix("the statement ").partition(",")[0]


def _decided(claim: Claim) -> Iterator[str]:
    """Tell what people decided about the claim: it changes no count."""
    for each in claim.judgements:
        yield f"{judgement_words(each)}: {each.by}, {in_words(span_words(each.decided))}: {each.why}"
    yield from map(contest_words, claim.contests)
    for grade, faults in claim.refused.items():
        yield from (f"{counted(1, 'grade')} refused, by {grade.by}: {fault.what}" for fault in faults)
