"""What rests on nothing that anybody has read is listed, and nothing else."""

from truceline.formats.terms_file import load_text
from truceline.terms.unconfirmed import is_unconfirmed, unconfirmed_in, unconfirmed_sources

TEXT = """\
truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
actors: [army]
sets: {armies: {in: [army], source: s.guess}}
provisions:
  halt: {who: armies, what: hostilities, at_most: 0, source: [s.text, s.guess]}
  pull_back: {who: armies, what: presence, at_most: 0, source: memory}
demands: {wide: {by: northbank, where: anywhere, source: s.guess}}
stances:
  - {actor: northbank, to: halt, is: accepts, source: s.text}
  - {actor: a village, to: halt, is: rejects, source: s.guess}
term: {until: none, source: s.guess}
sources:
  s.text: {kind: primary, check: confirmed}
  s.guess: {kind: secondary, check: unconfirmed}
"""


def test_one_source_that_was_read_is_enough():
    """An entry is unconfirmed when all of its sources are; memory is none that anybody could read."""
    text = load_text(TEXT).document

    assert unconfirmed_in([text, text]) == ("sets.armies", "provisions.pull_back", "demands.wide", "stances.1", "term")
    assert unconfirmed_sources(text) == ("s.guess",)


def test_a_confirmed_term_is_not_listed():
    """What rests on a source that was read, or states none, is not listed."""
    text = load_text(
        TEXT.replace("term: {until: none, source: s.guess}", "term: {until: none, source: s.text}")
    ).document
    bare = load_text(TEXT.replace("term: {until: none, source: s.guess}\n", "")).document

    assert "term" not in unconfirmed_in([text])
    assert "term" not in unconfirmed_in([bare])
    assert not is_unconfirmed(text, None)
