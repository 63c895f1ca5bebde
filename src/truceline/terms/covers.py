"""What a text has on the matters that no clause shows: the section `covers`, topic by topic.

A clause can be checked against reports; an access duty, a step for disputes or a word on detainees often
cannot, and yet a text has it or lacks it. So each topic of a closed list may be said to be covered (with
the source, and the words), to be missing (``none``), to be left out on purpose, or to be unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from truceline.terms.base import Entry, OneOrMany, Short, SourceName, Words

__all__ = ["OTHERS", "TOPICS", "Cover", "CoverText", "Standing", "Topic"]

Standing = Literal["covered", "none", "left out on purpose", "unknown"]
"""What is known of a topic; `none`: somebody has gone through the text, and it is not there."""

Topic = Literal[
    "access", "aid", "air", "amendment", "civilians", "consequences", "controlled_forces", "counting", "detainees",
    "disputes", "guarantees", "languages", "mines", "missing", "monitoring", "new_positions", "notification",
    "offensive", "orders", "others", "permitted_acts", "prior_agreements", "prohibited_acts", "proof", "publication",
    "return_fire", "review", "sea", "storage", "violation", "waivers",
]  # fmt: skip

OTHERS: Literal["others"] = "others"
"""Stands for every topic that is not listed."""

TOPICS: Mapping[Topic, str] = MappingProxyType({
    "access": "freedom of movement for those who monitor",
    "aid": "the passage of relief",
    "air": "flights and uncrewed aircraft",
    "amendment": "how the text is changed, and how others join",
    "civilians": "the protection of civilians",
    "consequences": "what follows a violation",
    "controlled_forces": "armed groups under the control of a party",
    "counting": "the unit in which violations are counted",
    "detainees": "prisoners and detainees",
    "disputes": "who settles a dispute about the text",
    "guarantees": "what the guarantors owe",
    "languages": "which language version prevails",
    "mines": "mines and unexploded shells",
    "missing": "missing persons and the dead",
    "monitoring": "who watches, or how the parties speak to each other",
    "new_positions": "no new positions while forces withdraw",
    "notification": "notice of movements, exercises and patrols",
    "offensive": "what an offensive operation is",
    "orders": "orders down the chain of command",
    OTHERS: "every topic that is not listed",
    "permitted_acts": "what remains allowed",
    "prior_agreements": "what becomes of earlier texts",
    "prohibited_acts": "the list of acts that are prohibited",
    "proof": "the standard of proof, and who did it",
    "publication": "who gets the reports, and whether they are public",
    "return_fire": "self-defence and return fire",
    "review": "how long it lasts, or when it is reviewed",
    "sea": "boats, ports and the sea",
    "storage": "where withdrawn weapons are kept, and their inventory",
    "violation": "what a violation is, minor and grave",
    "waivers": "the record of limits that were waived",
})  # fmt: skip


class Cover(Entry, json_schema_extra={"anyOf": [{"required": ["source"]}, {"required": ["is"]}]}):
    """What the text has on one topic: the source and the words, or that it has nothing."""

    is_: Standing = Field(default="covered", alias="is")
    source: OneOrMany[SourceName] | None = None
    words: Words | None = Field(default=None, description="the clause as it was written, <= 25 words")

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        """See that what is covered has its source, and that nothing else has one."""
        if (self.is_ == "covered") != (self.source is not None):
            kind = "kind"
            raise PydanticCustomError(kind, "a source, or one of 'none', 'left out on purpose' and 'unknown'")
        return self


def _cover(value: Any) -> Any:
    """Take a source, or the word for its absence, for the whole entry."""
    if isinstance(value, str):
        return {"is": value} if value in ("none", "left out on purpose", "unknown") else {"source": value}
    return {"source": value} if isinstance(value, (list, tuple)) else value


CoverText = Annotated[Cover, Short(_cover, {"type": ["string", "array"], "minLength": 1, "minItems": 1})]
