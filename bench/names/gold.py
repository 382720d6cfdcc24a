"""Reads public gold data: texts with the names that people marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "gold"
_ENDINGS = frozenset(", . ; : ? ! % 's 'S ’s n't 're 've 'll 'm 'd ) ] } ... ''".split())  # noqa: SIM905
_OPENINGS = frozenset("( [ { $ £ # ``".split())  # noqa: SIM905
_PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
Span = tuple[int, int, str]


@dataclass
class Text:
    """A text with its gold names."""

    text: str = ""
    names: list[Span] = field(default_factory=list)
    chains: list[int] = field(default_factory=list)
    """Which names are of one entity, where people have said so: a number for each name."""


def wikigold(folder: Path) -> list[Text]:
    """Read Wikigold: Wikipedia, one sentence a line."""
    return list(_column_texts(folder / "wikigold" / "wikigold.conll.txt", "-DOCSTART-", _CLASSES))


def wnut17(folder: Path) -> list[Text]:
    """Read WNUT 2017: short noisy posts, each a text of its own."""
    classes = {"person": "person", "location": "place", "corporation": "organisation", "group": "organisation",
               "product": "rest", "creative-work": "rest"}  # fmt: skip
    return list(_column_texts(folder / "wnut17" / "emerging.test.annotated", "", classes))


def ewt(folder: Path) -> list[Text]:
    """Read the English Web Treebank: blogs, mail, reviews; with the sentences as they were written."""
    texts: dict[str, Text] = {}
    sentence, key = "", ""
    tokens: list[tuple[str, str]] = []
    for line in [*(folder / "ewt" / "en_ewt-ud-test.iob2").read_text("utf-8").split("\n"), ""]:
        if line.startswith("# sent_id"):
            key = line.split("=", 1)[1].strip().rsplit("-", 1)[0]
        elif line.startswith("# text ="):
            sentence = line.split("=", 1)[1].strip()
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            tokens.append((columns[1], columns[2]))
        elif not line and tokens:
            _append(texts.setdefault(key, Text()), sentence, _places(sentence, tokens), tokens, " ", _CLASSES)
            tokens = []
    return list(texts.values())


_CLASSES = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "rest"}
UNJUDGED = {
    "wikigold": frozenset[str](),
    "wnut17": frozenset({"NORP", "EVENT", "LAW", "LANGUAGE"}),
    "ewt": frozenset({"NORP", "EVENT", "LAW", "LANGUAGE", "PRODUCT", "WORK_OF_ART"}),
    "gum": frozenset({"NORP", "EVENT", "LAW", "LANGUAGE", "PRODUCT", "WORK_OF_ART"}),
}
"""Labels that a set does not annotate."""


def columns(path: Path) -> list[Text]:
    """Read any file of columns: word first, IOB tag last, PER ORG LOC MISC; `-DOCSTART-` between texts."""
    return list(_column_texts(path, "-DOCSTART-", _CLASSES))


def _column_texts(path: Path, start: str, classes: dict[str, str]) -> Iterator[Text]:
    text, tokens = Text(), []
    for line in [*path.read_text("utf-8", "replace").split("\n"), ""]:
        columns = re.split(r"[\t ]", line.strip())
        if len(columns) > 1 and columns[0] != start:
            tokens.append((columns[0], columns[-1]))
            continue
        if tokens:
            sentence, places = written(token for token, _ in tokens)
            _append(text, sentence, places, tokens, "\n", classes)
            tokens = []
        if text.text and line.startswith(start):
            yield text
            text = Text()
    if text.text:
        yield text


def _append(
    text: Text, sentence: str, places: list[tuple[int, int]], tokens: list[tuple[str, str]], gap: str,
    classes: dict[str, str],
) -> None:  # fmt: skip
    text.text += gap if text.text else ""
    base = len(text.text)
    for first, last, kind in _tagged(tag for _, tag in tokens):
        if kind in classes:
            text.names.append((base + places[first][0], base + places[last][1], classes[kind]))
    text.text += sentence


def _tagged(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first and last token and type of each name in IOB1 or IOB2 tags."""
    first, kind = 0, ""
    number = 0
    for number, tag in enumerate([*tags, "O"]):
        prefix, _, now = tag.partition("-")
        if kind and (not now or prefix == "B" or now != kind):
            yield first, number - 1, kind
            kind = ""
        if now and not kind:
            first, kind = number, now


def written(tokens: Iterable[str], *, hyphens: bool = False) -> tuple[str, list[tuple[int, int]]]:
    """Write tokens as people write: signs joined to words, quotes by turns; hyphens too if they are tokens."""
    text, places, joined, quoted = "", [], True, {'"': False, "'": False}
    for token in tokens:
        word = _PLAIN.get(token, token)
        gap, joins = not joined, False
        if word in quoted:
            gap, joins = gap and not quoted[word], not quoted[word]
            quoted[word] = not quoted[word]
        elif token in _ENDINGS or word in _ENDINGS:
            gap = False
        if word in _OPENINGS or (hyphens and word == "-"):
            joins = True
        if hyphens and word == "-":
            gap = False
        text += " " if gap and text else ""
        places.append((len(text), len(text) + len(word)))
        text += word
        joined = joins
    return text, places


def _places(sentence: str, tokens: list[tuple[str, str]]) -> list[tuple[int, int]]:
    places, at = [], 0
    for token, _ in tokens:
        start = max(sentence.find(token, at), at) if token in sentence[at:] else at
        places.append((start, start + len(token)))
        at = start + len(token)
    return places
