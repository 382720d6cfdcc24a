"""Gives each mention the extent of its name: no article, title or possessive, no quotes, within one block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from store.article import Block, Mention
from store.entities.guard import is_wrap
from store.entities.labels import Group, group_of
from store.entities.reading import Reading

_FRONT = " \t\n\"“”„‘’‚'«»‹›([{)]}|*_#~`<>/\\,;:!?•·…–—-&"
_BACK = " \t\n\"“”„‘’‚'«»‹›([{|*_#~`<>/\\,;:!?•·…–—-&"
_FRONT_OF_NUMBER = ' \t\n"“”„‘’«»([{)]}|*_`,;:'
_CLOSING = {")": "(", "]": "[", "}": "{"}
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ][sS]$")
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Messrs)\b\.?|Miss|Madam|Sir|Dame|Lord|Lady|Hello|Hi|Hey|Dear|Thanks)\s+(?=\S)"
)
_LINKING = "and|or|of|in|on|at|by|to|for|from|with|near|around|between|across|outside|inside|née|as"
_LINKING_FIRST = re.compile(rf"(?:{_LINKING})\s+(?=\S)")
_LINKING_LAST = re.compile(rf"(?<=\S)\s+(?:{_LINKING}|the|who|is|was|said)$")
"""Small words that join names to the sentence; in lower case, since "Of Mice and Men" and "On" may be names."""
_WITH_ARTICLE = frozenset({"the hague"})
_WITH_POSSESSIVE = frozenset({
    "mcdonald's", "levi's", "lloyd's", "sotheby's", "christie's", "macy's", "wendy's", "moody's", "kellogg's",
    "sainsbury's", "domino's", "denny's", "kohl's", "lowe's", "trader joe's", "dunkin's", "hershey's", "reese's",
})  # fmt: skip
_NO_NAMES = frozenset({"the", "a", "an"})
_ADDRESS = re.compile(r"\w://|\w@\w|^www\.|^[(\[\"“.]?@\w", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<!\S)@")
_LONGEST_ADDRESS = 300
_LONGEST_NAME = 400
"""Characters; what is longer is a table or a list, and would take as long to look through as it is wide, squared."""


def extents(reading: Reading, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions with the extent of their names, in order and without overlaps; the longer one stays.

    Those of which no name is left, and those inside a web or mail address, are dropped. The user's own names are
    left as they are.
    """
    cut = []
    for mention in mentions:
        key = mention.start, mention.end, mention.label
        if key not in reading.extents:
            reading.extents[key] = _extent_of(reading, mention)
        span = reading.extents[key]
        if span == key[:2]:
            cut.append(mention)
        elif span is not None:
            reading.extents[*span, mention.label] = span
            cut.append(mention.replace(start=span[0], end=span[1]))
    return without_overlaps(cut)


def _extent_of(reading: Reading, mention: Mention) -> tuple[int, int] | None:
    if not 0 <= mention.start < mention.end <= len(reading.text):
        return None
    if reading.fixed and reading.form(mention) in reading.fixed:
        return mention.start, mention.end
    inside = _within_block(reading.blocks, reading.starts, mention)
    return _extent(reading.text, inside.start, inside.end, group_of(inside.label), inside.label)


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in order; of two that overlap the longer stays, of equals the first."""
    by_end: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        keep = True
        while by_end and by_end[-1].end > mention.start:
            before = by_end[-1]
            if before.end - before.start >= mention.end - mention.start:
                keep = False
                break
            by_end.pop()
        if keep:
            by_end.append(mention)
    return by_end


def _within_block(blocks: Sequence[Block], starts: Sequence[int], mention: Mention) -> Mention:
    """Return a mention that crosses block borders as its longest part within one block."""
    if not blocks:
        return mention
    first = max(bisect_right(starts, mention.start) - 1, 0)
    best = (mention.start, mention.start)
    for number in range(first, len(blocks)):
        block = blocks[number]
        if block.start >= mention.end:
            break
        part = max(block.start, mention.start), min(block.end, mention.end)
        if part[1] - part[0] > best[1] - best[0]:
            best = part
    # Between blocks is only white space: nothing of a name is lost, and a format may leave text without a block.
    if best == (mention.start, mention.end) or best[1] == best[0]:
        return mention
    return mention.replace(start=best[0], end=best[1])


def _extent(text: str, start: int, end: int, group: Group, label: str) -> tuple[int, int] | None:
    start, end = _longest_line(text, start, end)
    if group is Group.NUMBER:
        start, end = _stripped(text, start, end, _FRONT_OF_NUMBER, _FRONT_OF_NUMBER)
        return (start, end) if any(c.isalnum() for c in text[start:end]) else None
    if end - start > _LONGEST_NAME:
        return None
    before = (-1, -1)
    while before != (start, end):
        before = start, end
        start, end = _stripped(text, start, end, _FRONT, _BACK)
        start, end = _without_words(text, start, end, group, label)
    name = text[start:end]
    if not any(c.isalnum() for c in name) or name.casefold() in _NO_NAMES or (len(name) == 1 and name.islower()):
        return None
    if group in (Group.PERSON, Group.PLACE, Group.GROUP) and not any(c.isalpha() for c in name):
        return None
    return None if _in_address(text, start, end) or _is_account(text, start, end) else (start, end)


def _longest_line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the longest part without a line break, save where a line was broken for width."""
    best, at = (start, start), start
    for newline in re.finditer("\n", text[start:end]):
        if not is_wrap(text, start + newline.start()):
            best = max(best, (at, start + newline.start()), key=lambda part: part[1] - part[0])
            at = start + newline.end()
    return max(best, (at, end), key=lambda part: part[1] - part[0])


def _stripped(text: str, start: int, end: int, front: str, back: str) -> tuple[int, int]:
    while start < end and (text[start] in front or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in back or text[end - 1].isspace() or _is_unpaired(text, start, end)):
        end -= 1
    return start, end


def _is_unpaired(text: str, start: int, end: int) -> bool:
    opening = _CLOSING.get(text[end - 1])
    return opening is not None and text.count(opening, start, end) < text.count(text[end - 1], start, end)


def _without_words(text: str, start: int, end: int, group: Group, label: str) -> tuple[int, int]:
    name = " ".join(text[start:end].replace("’", "'").casefold().split())
    if (possessive := _POSSESSIVE.search(text[start:end])) and name not in _WITH_POSSESSIVE:
        end = start + possessive.start()
    if last := _LINKING_LAST.search(text[start:end]):
        end = start + last.start()
    if first := _LINKING_FIRST.match(text, start, end):
        start = first.end()
    if name in _WITH_ARTICLE or (label == "WORK_OF_ART" and text[start:end][:1].isupper()):
        return start, end
    if article := _ARTICLE.match(text, start, end):
        # "A Tribe Called Quest" is a name, "a Tokyo court" is none: the short article counts only in lower case.
        if article[0][0] != "A":
            start = article.end()
    elif group is Group.PERSON and (title := _TITLE.match(text, start, end)):
        start = title.end()
    return start, end


def _is_account(text: str, start: int, end: int) -> bool:
    """Tell whether this is an account of a social network, or the sign that one is quoted."""
    name = text[start:end]
    return _ACCOUNT.search(name) is not None or (name == "RT" and text[end : end + 2].strip() == "@")


def _in_address(text: str, start: int, end: int) -> bool:
    line = text[max(0, start - _LONGEST_ADDRESS) : end + _LONGEST_ADDRESS]
    at = start - max(0, start - _LONGEST_ADDRESS)
    left = max((line.rfind(space, 0, at) for space in " \n\t"), default=-1) + 1
    right = min((r for space in " \n\t" if (r := line.find(space, at)) >= 0), default=len(line))
    return _ADDRESS.search(line[left:right]) is not None
