"""Reads GUM's Wikinews articles: names with types, and which of them people have said to be of one entity.

GUM marks whole noun phrases, nominal ones too. A name is taken from a phrase in one of two ways: the title of the
Wikipedia page that the phrase is linked to, where it stands in the phrase; else the phrase itself without its article
and possessive, if all its words but small ones begin with a capital and it holds a word that no article writes in
lower case. Of nested names the outermost counts. A country that acts is an organisation to GUM and elsewhere a place,
so that places and organisations are one class here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.names.gold import Text, written

_TYPES = {"person": "person", "organization": "place", "place": "place"}
_SMALL = frozenset("of the and for in on at to de la le du von van der al bin & -".split())  # noqa: SIM905
_NUMBERED = re.compile(r"(?P<value>.*)\[(?P<number>\d+)\]$")
_LINK = re.compile(r"(?P<token>\d+-\d+)(?:\[(?P<to>\d+)_(?P<of>\d+)\])?$")


@dataclass
class _Phrase:
    kind: str
    start: int
    end: int
    page: str = ""
    chain: object = None
    tokens: list[str] = field(default_factory=list)


def gum(folder: Path) -> list[Text]:
    """Read the articles, in order of name."""
    articles = [_sentences(path) for path in sorted((folder / "gum_news").glob("*.tsv"))]
    words = {row[2] for article in articles for sentence in article for row in sentence}
    lower = frozenset(word for word in words if word.islower()) | {"i"}
    return [_read(article, lower) for article in articles]


def _sentences(path: Path) -> list[list[list[str]]]:
    sentences: dict[str, list[list[str]]] = {}
    for line in path.read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            columns = line.split("\t")
            sentences.setdefault(columns[0].partition("-")[0], []).append(columns)
    return list(sentences.values())


def _read(sentences: list[list[list[str]]], lower: frozenset[str]) -> Text:
    text, phrases, links = "", dict[object, _Phrase](), list[tuple[object, object]]()
    for rows in sentences:
        sentence, places = written((row[2] for row in rows), hyphens=True)
        text += "\n" if text else ""
        for row, (start, end) in zip(rows, places, strict=True):
            _enter(row, len(text) + start, len(text) + end, phrases)
            links += _links(row)
        text += sentence
    for of, to in links:
        if of in phrases and to in phrases:
            old, new = _root(phrases, of), _root(phrases, to)
            if old != new:
                phrases[old].chain = new
    found = sorted(_names(text, phrases, lower), key=lambda name: (name[0], -name[1]))
    result, numbers, done = Text(text), dict[object, int](), 0
    for start, end, kind, chain in found:
        if start >= done:
            result.names.append((start, end, kind))
            result.chains.append(numbers.setdefault(chain, len(numbers)))
            done = end
    return result


def _enter(row: list[str], start: int, end: int, phrases: dict[object, _Phrase]) -> None:
    if row[3] == "_":
        return
    pages = dict(_numbered(row[6], row[0])) if row[6] != "_" else {}
    for key, kind in _numbered(row[3], row[0]):
        phrase = phrases.setdefault(key, _Phrase(kind, start, end))
        phrase.end = end
        phrase.page = phrase.page or pages.get(key, "")
        phrase.tokens.append(row[2])


def _numbered(cell: str, token: str) -> Iterator[tuple[object, str]]:
    """Yield the values of a cell with the phrase they are of: its number, or its only token."""
    for value in cell.split("|"):
        numbered = _NUMBERED.match(value)
        yield (int(numbered["number"]), numbered["value"]) if numbered else (token, value)


def _links(row: list[str]) -> Iterator[tuple[object, object]]:
    if row[7] == "_":
        return
    for kind, target in zip(row[7].split("|"), row[8].split("|"), strict=True):
        if kind in ("coref", "appos") and (link := _LINK.match(target)):
            yield (
                int(link["of"]) if int(link["of"] or 0) else row[0],
                int(link["to"]) if int(link["to"] or 0) else link["token"],
            )


def _root(phrases: dict[object, _Phrase], key: object) -> object:
    while phrases[key].chain is not None:
        key = phrases[key].chain
    return key


def _names(
    text: str, phrases: dict[object, _Phrase], lower: frozenset[str]
) -> Iterator[tuple[int, int, str, object]]:
    for key, phrase in phrases.items():
        if phrase.kind not in _TYPES:
            continue
        whole = text[phrase.start : phrase.end]
        title = re.sub(r"\s*\(.*\)$", "", phrase.page.replace("_", " "))
        if title and (place := re.search(rf"(?<!\w){re.escape(title)}(?!\w)", whole)):
            start, end = phrase.start + place.start(), phrase.start + place.end()
        else:
            article = re.match(r"(?:the|a|an)\s+", whole, re.IGNORECASE)
            start = phrase.start + (article.end() if article else 0)
            end = phrase.end - (2 if whole.endswith(("'s", "’s")) else 0)
            words = text[start:end].split()
            if not words or not words[0][0].isupper() or "," in text[start:end]:
                continue
            if not all(word[0].isupper() or word in _SMALL for word in words):
                continue
            if all(word.casefold() in lower for word in words):
                continue
        yield start, end, _TYPES[phrase.kind], _root(phrases, key)
