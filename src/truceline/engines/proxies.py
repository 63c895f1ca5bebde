"""Proxies: what stands in for a clause that can be observed in part only; named wherever the clause is told of."""

from __future__ import annotations

from truceline.engines.setup import Setup
from truceline.plan.codebook import rules_of
from truceline.plan.compile import TEXT
from truceline.terms.wording import proxy_words

__all__ = ["proxies_of"]


def proxies_of(setup: Setup) -> dict[str, str]:
    """Name the proxy of each judged clause that is seen through one, in the words of the first text that has it."""
    found: dict[str, str] = {}
    for reading in setup.readings:
        text = setup.agreement.under(None if reading == TEXT else reading)
        for rule in rules_of(text):
            proxy = proxy_words(text.provisions[rule.provision])
            if proxy is not None:
                found.setdefault(str(rule), proxy)
    return found
