"""The dossier as Markdown. What others wrote is never markup; notes are Markdown themselves and stay so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from store.exchange.citing import facts, is_web, states
from store.exchange.dossier import Cited, Dossier, Entry, Grouping, remarks
from store.exchange.passages import Passage
from store.exchange.selection import summary

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=:]))(?=\s|$|[-+=:])")


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the dossier, piece by piece."""
    yield f"# Dossier, by {dossier.grouping}\n\n"
    head = [summary(dossier.selection), *remarks(dossier.selection, dossier.entries, dossier.grouping)]
    yield "".join(f"{line[:1].upper()}{line[1:]}. " for line in head)
    yield f"Made with Dateline on {dossier.day.isoformat()}.\n"
    for section in dossier.sections:
        yield f"\n## {escaped(_line(section.heading))}\n"
        for entry in section.entries:
            yield from _entry(entry, apart=dossier.grouping is not Grouping.ARTICLE)


def _entry(entry: Entry, *, apart: bool) -> Iterator[str]:
    """Write an article's passages; each with its source, so that it can be taken away alone, or with one for all."""
    source = _source(entry.cited, with_title=apart)
    if not apart:
        yield f"\n{source}\n"
    for one in entry.passages:
        yield _passage(one)
        if apart:
            yield f"\n{source}\n"


def _passage(one: Passage) -> str:
    parts = []
    if one.quote:
        parts.append(f"\n> {_marked(one)}\n")
    if one.note.body:
        # As an item of a list: whatever a note leaves open, such as a fence, ends with the item.
        lines = "\n".join(one.note.body.splitlines()).strip("\n").split("\n")
        parts.append("\n- " + "\n".join(f"  {line}" if line else "" for line in lines)[2:] + "\n")
    said = "; ".join(states(one))
    if said:
        parts.append(f"\n({escaped(_line(said))})\n")
    return "".join(parts)


def _marked(one: Passage) -> str:
    """Write a sentence with its quote in bold."""
    quote = one.quote.strip()
    lead = one.quote[: len(one.quote) - len(one.quote.lstrip())]
    trail = one.quote[len(one.quote.rstrip()) :]
    before, after = f"{one.before}{lead}".lstrip(), f"{trail}{one.after}".rstrip()
    bold = escaped(quote)
    if quote:
        bold = f"**{bold}**" if _can_be_bold(before, quote, after) else f"<strong>{bold}</strong>"
    if not before:
        return f"{bold}{escaped(after)}" if bold else escaped_start(after)
    return f"{escaped_start(before)}{bold}{escaped(after)}"


def _can_be_bold(before: str, quote: str, after: str) -> bool:
    """Tell whether two asterisks on each side make a text bold, by the rules of CommonMark for their neighbours."""
    opens = not _is_sign(quote[0]) or not before or before[-1].isspace() or _is_sign(before[-1])
    closes = not _is_sign(quote[-1]) or not after or after[0].isspace() or _is_sign(after[0])
    return opens and closes


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _source(cited: Cited, *, with_title: bool) -> str:
    first, *others = map(_line, facts(cited))
    parts = [f"*{escaped(cited.title)}*", escaped(first)] if with_title else [escaped_start(first)]
    parts += map(escaped, others)
    if is_web(cited.url):
        # In angle brackets only these two could end the address early.
        parts.append("<" + cited.url.replace("<", "%3C").replace(">", "%3E") + ">")
    elif cited.path:
        parts.append(_code(_line(cited.path)))
    if cited.tags:
        parts.append(f"tags: {escaped(_line(', '.join(cited.tags)))}")
    line = " · ".join(parts)
    return line if with_title else f"{line[:1].upper()}{line[1:]}"


def _code(text: str) -> str:
    """Write a text letter by letter, whatever backticks are in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def escaped(text: str) -> str:
    """Escape a text within a line, so that no sign in it means anything."""
    return _MARKUP.sub(r"\\\1", text)


def escaped_start(text: str) -> str:
    """Escape a text that begins a line: `1.` begins no list there, `-` no item."""
    found = _LINE_START.match(text)
    if found is None:
        return escaped(text)
    head = f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[4]}"
    return head + escaped(text[found.end() :])


def _line(text: str) -> str:
    return " ".join(text.split())
