"""The words of the made-up truce: readings, clauses, sources, rival distances and lines."""

from __future__ import annotations

from typing import Any

from shapely.geometry import Point

from publish.river import LINES, MILE, NAMES, RIVER, ROAD, RULES, metres


def readings() -> list[dict[str, Any]]:
    """List seven readings; the last one was not known yet."""
    holders = {
        "text": "as written",
        "north": "Northbank",
        "south": "Southbank",
        "mediator": "the mediator",
        "press": "press retelling",
        "envoy": "Southbank's envoy",
        "annex": "annex seen by a newspaper",
    }
    changes = {
        "north": ("depth", "5 km"),
        "south": ("depth", "6..30 km, varies"),
        "mediator": ("depth", "20 mi"),
        "press": ("line", "old road, 3..4 mi"),
        "annex": ("date", "2031-06-01"),
    }
    return [
        {
            "id": name,
            "title": "20 miles from the river" if name == "mediator" else None,
            "holder": holder,
            "note": "no commitment was made" if name == "envoy" else None,
            "denies": ["no_outsiders"] if name == "envoy" else [],
            "sources": [f"s.{name}"],
            "left_out": name == "annex",
            "patches": [{"field": changes[name][0], "path": "provisions.no_outsiders.where", "words": changes[name][1]}]
            if name in changes
            else [],
        }
        for name, holder in holders.items()
    ]


def provisions() -> list[dict[str, Any]]:
    """List four clauses: two judged, one not yet, one that nobody can watch."""
    since = "from 1 May 2031"
    buffer = {"sentence": f"outsiders keep no presence in the buffer, at most 0, {since}", "who": "outsiders",
              "what": "presence", "where_words": RULES["text"].words, "when_words": since, "judged": "ban",
              "sources": ["s.text", "s.press"], "words": "no outside force shall remain in the buffer",
              "under": {name: {"where_words": rule.words} for name, rule in RULES.items()}}  # fmt: skip
    quiet = {"title": "Quiet in the Lower Province",
             "sentence": "warring parties do hostilities in the Lower Province, at most 0", "who": "warring parties",
             "what": "hostilities", "where_words": "the Lower Province", "when_words": since, "sources": ["s.text"],
             "judged": "ban", "power": "press files show fire, rarely its origin"}  # fmt: skip
    reduction = {"sentence": "outsiders reduce their presence, with no date", "who": "outsiders", "what": "presence",
                 "where_words": "everywhere", "when_words": "no date was given", "sources": ["s.mediator"],
                 "judged": "not_judged_yet",
                 "because": "a trend needs comparable watching, and no effort record covers it"}  # fmt: skip
    intel = {"sentence": "no foreign intelligence in the buffer", "who": "any foreign", "what": "intelligence presence",
             "where_words": "the buffer", "when_words": since, "sources": ["s.text"], "tested": False,
             "judged": "not_monitorable", "because": "no open report can show it",
             "power": "no data set here shows presence that hides"}  # fmt: skip
    clauses = {"no_outsiders": buffer, "quiet": quiet, "reduction": reduction, "intel": intel}
    return [{"id": name, "words": None, "because": None, "tested": True, **clause} for name, clause in clauses.items()]


def sources() -> list[dict[str, Any]]:
    """List the sources with their chains."""
    official = "official of Southbank (unnamed)"
    told = {
        "text": ("the parties", "2031-04-12", ["Gazette"]),
        "north": ("Northbank spokesperson", "2031-04-20", ["North Wire", "Harbour Times"]),
        "south": (official, "2031-05-02", ["South Wire"]),
        "mediator": ("mediator", "2031-05-03", ["press briefing", "Harbour Times"]),
        "press": ("press retelling", "2031-05-04", ["Evening Ledger"]),
        "envoy": ("envoy of Southbank", "2031-05-09", ["South Wire"]),
        "annex": ("document seen", "2031-11-17", ["Evening Ledger"]),
    }
    more: dict[str, dict[str, Any]] = {
        "text": {"words": "no outside force shall remain", "url": "https://example.org/gazette/12", "kind": "primary"},
        "south": {"origin": official},
        "press": {"origin": official, "of": ["s.south"]},
        "annex": {"known_from": "2031-11-17"},
    }
    return [
        {"id": f"s.{name}", "by": by, "said": said, "via": via, "of": [], "kind": "press", "words": None, "url": None,
         "grade": "C3", "check": "confirmed", **more.get(name, {})}
        for name, (by, said, via) in told.items()
    ]  # fmt: skip


def rivals() -> list[dict[str, Any]]:
    """List the distances that somebody named."""
    given = [
        ("North 5", "Northbank", 5_000, 5_000, "5 km", "reading", "s.north"),
        ("South 6-30", "Southbank", 6_000, 30_000, "6 to 30 km", "reading", "s.south"),
        ("Mediator 20 mi", "the mediator", 20 * MILE, 20 * MILE, "20 miles", "reading", "s.mediator"),
        ("South asks 35", "Southbank", 35_000, 35_000, "35 km asked", "demand", "s.south"),
        ("North offers 8", "Northbank", 8_000, 10_000, "8 to 10 km offered", "demand", "s.north"),
    ]
    ridge = {"label": "Hill 3", "speaker": "Hillside", "lo_m": 3000.0, "hi_m": 3000.0, "words": "3 km from the ridge",
             "line": None, "kind": "reading", "source": None}  # fmt: skip
    keys = ("label", "speaker", "lo_m", "hi_m", "words", "kind", "source")
    named = [{**dict(zip(keys, row, strict=True)), "line": "river"} for row in given]
    return [ridge, *({**one, "lo_m": float(one["lo_m"]), "hi_m": float(one["hi_m"])} for one in named)]


def lines() -> list[dict[str, Any]]:
    """List the two lines."""
    return [
        {
            "id": name,
            "title": title,
            "parts": [[list(point) for point in path]],
            "uncertainty_m": error,
            "plus": "north",
            "length_km": LINES[name].length / 1000,
            "places": [
                {"name": place, "station_km": LINES[name].project(Point(metres(*NAMES[place]))) / 1000}
                for place in places
            ],
        }
        for name, title, path, error, places in (
            ("river", "River line", RIVER, 600.0, ["Ashford", "Bexley Cross", "Corran", "Dunmore", "Elsworth"]),
            ("road", "Old road", ROAD, 150.0, ["Garth", "Farrow"]),
        )
    ]
