"""Ends names where what follows is no part of them, and takes apart those that stand side by side.

McDonald 1996 ("Internal and external evidence in the identification and semantic categorization of proper names")
tells names by what can stand in them. No person's name goes on with a telephone number, an address or the next field
of a mail's head (RFC 5322), and one that a text writes with capitals has no small word in it but particles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from store.article import Mention
from store.entities.known_places import countries, known_places
from store.entities.labels import Group, group_of
from store.entities.people import PARTICLES
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_KINDS = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE})
_WORD = re.compile(r"\S+")
_DASH = re.compile(r"[-–—|]")
_NUMBER = 3
"""So many characters of a word with a digit are a number, and not the second of a name."""
_NEXT_SENTENCE = "I|My|Your|Our|Please|Thanks|Thank|Here|Hello|The|This|That|If|When|What|Where"
_NEXT_FIELD = "Sent|Subject|Cc|CC|Bcc|Fw|FW|Fwd|FWD|Email|E-mail|Phone|Fax|Tel|Attachments"
_NEXT = re.compile(rf"(?<=\S)\s+(?:{_NEXT_SENTENCE}|{_NEXT_FIELD})$")
"""Pronouns that are also surnames ("He", "You") are not here, nor is "To"."""
_AND = re.compile(r"\s(?:and|&)\s(?=[A-Z])")


def without_rest(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """End people's names before a number, an address, a dash or a small word, and all names before what comes next."""
    changed, differs = [], False
    for mention in mentions:
        group = group_of(mention.label)
        end = mention.end
        if group in _KINDS and reading.form(mention) not in reading.fixed:
            end = mention.start + _length(reading.flat[mention.start : mention.end], group)
        differs = differs or end != mention.end
        changed.append(mention if end == mention.end else mention.replace(end=end))
    return without_overlaps(changed) if differs else mentions


def apart(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Take two people or two places apart that are one mention: "Lee & Tate", "Invercargill New Zealand".

    Mikheev, Moens and Grover 1999 ("Named entity recognition without gazetteers") tell conjunctions within names from
    those between them by the kind of name: companies have them, people and places have not.
    """
    changed, differs = [], False
    for mention in mentions:
        parts = [mention]
        if group_of(mention.label) in (Group.PERSON, Group.PLACE) and reading.form(mention) not in reading.fixed:
            words = reading.flat[mention.start : mention.end]
            if at := _between(words, mention.label):
                start = mention.start
                parts = [mention.replace(end=start + at[0]), mention.replace(start=start + at[1])]
        differs = differs or len(parts) > 1
        changed += parts
    return without_overlaps(changed) if differs else mentions


@lru_cache(maxsize=4096)
def _length(words: str, group: Group) -> int:
    if " " not in words and "@" not in words:
        return len(words)
    if group is Group.PERSON:
        words = words[: _end_of_person(words)]
    following = _NEXT.search(words)
    return following.start() if following else len(words)


def _end_of_person(words: str) -> int:
    end, capitals = 0, words[:1].isupper()
    for word in _WORD.finditer(words):
        said = word[0]
        is_rest = end > 0 and (
            _DASH.fullmatch(said) is not None
            or (len(said) >= _NUMBER and any(map(str.isdigit, said)))
            or (capitals and said[0].islower() and said.islower() and said.casefold() not in PARTICLES)
        )
        if is_rest:
            return end
        if (at := said.find("@")) > 0:
            # Lotus Notes writes "Kevin Kindall@ENRON".
            return word.start() + at
        end = word.end()
    return end


def _between(words: str, label: str) -> tuple[int, int] | None:
    """Return the end of the first name and the start of the second."""
    joined = _AND.search(words)
    # "Tower and Bridge" of one word each may be one building, "Lea and Perrins" one firm.
    if joined and label != "FAC" and words[:1].isupper() and " " in words[joined.end() :]:
        return joined.span()
    return _before_country(words) if group_of(label) is Group.PLACE and " " in words else None


@lru_cache(maxsize=1024)
def _before_country(words: str) -> tuple[int, int] | None:
    if words in known_places():
        return None
    return next(
        ((end, start) for end, start in _gaps(words) if words[start:] in countries() and words[:end] in known_places()),
        None,
    )


def _gaps(words: str) -> Iterator[tuple[int, int]]:
    for gap in re.finditer(r",?\s+", words):
        yield gap.span()
