"""Turns the mentions of a model into those of an article: whose names they are, and the ones the model missed.

Pure, and without spaCy, so that a better linking is recomputed for a whole library without reading a text again. Every
step is a function of its own, of an article and its mentions; `bench.names` tells what each of them brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from store.article import Block, Mention
from store.entities.acronyms import with_explained
from store.entities.canonical import NAMINGS, with_entities
from store.entities.credits import credited
from store.entities.edges import apart, without_rest
from store.entities.forms import entity_key, plain
from store.entities.headwords import by_headword, without_bare_headwords
from store.entities.joined import with_legal_forms, with_nicknames, without_run_ons
from store.entities.known_places import as_known_places, with_states
from store.entities.names import OwnName, spellings
from store.entities.one_label import one_label
from store.entities.openings import without_emphasis, without_lower_case, without_openers
from store.entities.reading import Reading
from store.entities.spread import with_occurrences, with_shouted
from store.entities.surnames import labelled_surnames, with_first_names, with_surnames
from store.entities.titled import with_titled
from store.entities.trim import extents

__all__ = ["LINK_VERSION", "STEPS", "UNREAD", "entity_key", "link"]

LINK_VERSION = "5"
"""Of everything this module calls; a change means that mentions are linked anew, from those that are stored."""

Step = Callable[[Reading, list[Mention]], list[Mention]]

REPEATED: Mapping[str, Step] = {
    "extents": extents,
    "rest": without_rest,
    "two in one": apart,
    "credits": credited,
    "sentence openers": without_openers,
    "lower case": without_lower_case,
    "emphasis": without_emphasis,
    "legal forms": with_legal_forms,
    "nicknames": with_nicknames,
    "run-ons": without_run_ons,
    "head words": by_headword,
    "bare head words": without_bare_headwords,
    "known places": as_known_places,
    "states": with_states,
    "forms of address": with_titled,
    "surname labels": labelled_surnames,
    "one label": one_label,
    "acronyms": with_explained,
    "surnames": with_surnames,
    "first names": with_first_names,
    "occurrences": with_occurrences,
    "capitals": with_shouted,
}
"""What is done until nothing changes: a mention that was found may be the evidence for another."""
STEPS = (*REPEATED, *NAMINGS)
"""The names of all, in order; the last say who is meant."""
UNREAD = frozenset({"forms of address"})
"""Left out where no pipeline has read a text: what finds names without a mention to go by, in English only."""
_ROUNDS = 6
"""This many times at most."""


def link(
    text: str,
    blocks: Sequence[Block],
    mentions: Iterable[Mention],
    own: Iterable[OwnName] = (),
    without: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Return an article's mentions, in order of start and without overlaps, each with its entity's canonical name.

    `text[start:end]` of each is exactly a name. Linking what is linked changes nothing. `own` are the user's names,
    whose labels stand. `without` names steps to leave out, to see what they do.
    """
    reading = Reading(text, blocks, {plain(form): name.label for name in own for form in spellings(name.term)})
    found = sorted(mentions, key=lambda mention: mention.start)
    for _ in range(_ROUNDS):
        before = found
        for name, step in REPEATED.items():
            if name not in without:
                found = step(reading, found)
        if found == before:
            break
    return with_entities(reading, found, without)
