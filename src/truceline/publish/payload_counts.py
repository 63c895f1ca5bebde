"""The contract of the part of the page that tells what all reports say together; see `publish.payload`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from truceline.publish.payload_claims import strict

__all__ = ["Together"]


@strict
class Together(TypedDict):
    """What is said of one provision, alike under some `readings`: of all reports, or of one record of effort.

    `proxy` : what stands for the thing itself, None where nothing does. `words` : the arithmetic, shown as it is.
    """

    provision: str
    readings: list[str]
    verdict: Literal["not_applicable", "no_violation", "indeterminate", "violation"]
    proxy: str | None
    words: str
