"""Finds the acronyms that an article explains: "World Health Organization (WHO)", "WHO (World Health Organization)".

Short and long forms are matched as Schwartz and Hearst 2003 do ("A simple algorithm for identifying abbreviation
definitions in biomedical text"): from the right, each letter of the short form in the long one, the first at the
beginning of a word. Here the long form is a name that was found, and each capital has to begin a word or stand as a
capital in one. Without an explanation capitals mean a name only if it is the one of its kind in the article of which
they are the initials (the acronym rule of Lee et al. 2013, "Deterministic coreference resolution").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from store.article import Mention
from store.entities.forms import Taken, occurrences, plain
from store.entities.labels import Group, group_of
from store.entities.neighbours import stands_alone
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_SHORT = r"[A-Z][A-Za-z0-9&/.-]{1,11}"
_AFTER = re.compile(rf"[\"”’]?\s[(\[](?:the\s)?[\"“‘]?(?P<short>{_SHORT})[\"”’]?[)\],;]")
_BEFORE = re.compile(rf"(?<![\w-])(?P<short>{_SHORT})\s\((?:the\s)?$")
_FOLLOWING = re.compile(r"\s[(\[](?P<full>[A-Z][\w’'&/-]*(?:[ ][\w’'&/-]+){1,8})[)\]]")
_PRECEDING = re.compile(r"[\w’'&/.-]+")
_REACH = 20
_LONGEST = 120
_CAPITALS = re.compile(r"(?:[A-Z]\.?){2,6}")
_SMALL = frozenset("of the and for in on to a an de la le du des del et y e & + und für van voor".split())  # noqa: SIM905 - read as one
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|&")
_KINDS = frozenset({Group.ORGANISATION, Group.PLACE, Group.OTHER, Group.GROUP})


def with_explained(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Tag explained acronyms wherever they stand, with the label of the name that they abbreviate."""
    explained = _explained(reading, mentions)
    if not explained:
        return mentions
    # What a name that was found explains goes over what was only read beside the capitals.
    labels = {
        short: label
        for (_, short), (_, label, _) in sorted(explained.items(), key=lambda one: one[1][2])
        if short not in reading.fixed
    }
    changed = [
        mention.replace(label=labels[form])
        if form in labels and group_of(mention.label) is not Group.NUMBER and mention.label != labels[form]
        else mention
        for mention, form in reading.formed(mentions)
    ]
    added = [
        Mention(start, end, labels[reading.flat[start:end]])
        for start, end in occurrences(reading.flat, labels, Taken(changed), reading.word_starts)
        if stands_alone(reading.flat, start, end, Group.ORGANISATION, ())
    ]
    return without_overlaps([*changed, *added]) if added else changed


def acronyms_in(reading: Reading, mentions: Iterable[Mention]) -> dict[tuple[Group, str], str]:
    """Return what each acronym of the article stands for, by group and acronym."""
    mentions = list(mentions)
    found = {key: name for key, (name, _, _) in _explained(reading, mentions).items()}
    shorts: set[tuple[Group, str]] = set()
    longs: dict[tuple[Group, str], set[str]] = defaultdict(set)
    for mention, form in reading.formed(mentions):
        group = group_of(mention.label)
        if group not in (Group.ORGANISATION, Group.PLACE):
            continue
        if _CAPITALS.fullmatch(form):
            shorts.add((group, form))
        elif " " in form and len(form) <= _LONGEST:
            for letters in _initials(form):
                longs[group, letters].add(form)
    for group, short in shorts - found.keys():
        names = longs.get((group, short.replace(".", "")), set())
        if len({name.casefold() for name in names}) == 1:
            found[group, short] = min(names)
    return found


def _explained(reading: Reading, mentions: Iterable[Mention]) -> dict[tuple[Group, str], tuple[str, str, bool]]:
    """Return what explained acronyms stand for, the first explanation of each: name, label, whether it is a mention."""
    flat = reading.flat
    found: dict[tuple[Group, str], tuple[str, str, bool]] = {}
    for mention in mentions:
        group = group_of(mention.label)
        if group not in _KINDS:
            continue
        name = reading.form(mention)
        after = _AFTER.match(flat, mention.end, mention.end + _REACH)
        before = None
        if after is None and flat[mention.end : mention.end + 1] in (")", ",", ";"):
            before = _BEFORE.search(flat, max(0, mention.start - _REACH), mention.start)
        said = after or before
        if said is not None and abbreviates(said["short"], name):
            found.setdefault((group, said["short"]), (name, mention.label, True))
        elif _CAPITALS.fullmatch(name) and (full := _spelled_out(flat, mention, name)):
            found.setdefault((group, name), (full, mention.label, False))
    return found


def _spelled_out(flat: str, mention: Mention, short: str) -> str:
    """Return what stands for these capitals in or before brackets beside them, where it is no mention itself."""
    if match := _FOLLOWING.match(flat, mention.end):
        full = plain(match["full"]).rstrip("'")
        return full if abbreviates(short, full, exact=True) else ""
    around = flat[max(0, mention.start - 1) : mention.start], flat[mention.end : mention.end + 1]
    if around[0] not in ("(", "[") or around[1] not in (")", "]", ",", ";"):
        return ""
    words = list(_PRECEDING.finditer(flat, max(0, mention.start - _LONGEST), mention.start - 1))
    # The shortest that fits, as Schwartz and Hearst take it.
    for word in reversed(words):
        full = plain(flat[word.start() : mention.start - 1]).rstrip("'\"”")
        if word[0][0].isupper() and abbreviates(short, full, exact=True):
            return full
    return ""


def abbreviates(short: str, name: str, *, exact: bool = False) -> bool:
    """Tell whether a short form stands for a name of several words; `exact`, for all of them and from the first on."""
    letters = [letter for letter in short if letter.isalnum()]
    capitals = sum(letter.isupper() for letter in letters)
    if capitals < 2 or not len(letters) < len(name) <= _LONGEST or short in name.split():
        return False
    words = _WORDS.findall(name.replace("U.S.", "US"))
    variants = [words]
    if not exact and len(letters) > 2:
        # "US National Science Foundation (NSF)", "Federal Laboratory Consortium for Technology Transfer (FLC)"
        variants += [words[first:] for first in (1, 2)]
        variants += [words[:at] for at, word in enumerate(words) if at > 2 and word in ("for", "of", "on", "at")]
    return any(
        _matches(letters, some)
        for variant in variants
        for some in (
            [word for word in variant if word.casefold() not in _SMALL and not word.isdigit()],
            variant,
        )
    )


def _matches(letters: list[str], words: list[str]) -> bool:
    """Find each letter in the words from the right: where a word begins or as a capital, a small letter anywhere.

    No great word may be passed over entirely, or "AB" would be "Alpha Club of Berlin".
    """
    if len(words) < 2 or words[0][0].casefold() != letters[0].casefold():
        return False
    at = len(letters) - 1
    for word in reversed(words):
        used = False
        for place in range(len(word) - 1, -1, -1):
            if at < 0:
                break
            same = word[place].casefold() == letters[at].casefold()
            if same and (place == 0 or word[place].isupper() or letters[at].islower()):
                used, at = True, at - 1
        if not used and word.casefold() not in _SMALL:
            return False
    return at < 0


def _initials(name: str) -> set[str]:
    words = _WORDS.findall(name)
    great = [word for word in words if word.casefold() not in _SMALL]
    return {"".join(word[0] for word in some).upper() for some in (words, great) if len(some) > 1}
