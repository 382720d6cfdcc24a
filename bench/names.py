"""Prints how well names are found: F1 on public gold data, for the bare pipeline and after each step of linking.

    python bench/names.py [--model NAME] [--corpus FOLDER] [--sets wikigold wnut17 ewt]

Typed: span and class (person, organisation, place, the rest) both right. Untyped: the span alone. Leading articles
and trailing possessives are taken off both sides first, since the sets differ in them. Figures compare steps and
pipelines; the sets' schemes differ too much from the labels for them to be absolute.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.article import Mention
from store.entities.forms import lower_words
from store.entities.guard import unwrapped
from store.entities.labels import Group, group_of
from store.entities.link import link, one_label, with_occurrences, with_surnames
from store.entities.recognizer import Recognizer
from store.entities.surnames import people_in, surname_labels
from store.entities.trim import trimmed

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "gold"
_ENDINGS = frozenset(", . ; : ? ! % 's 'S ’s n't 're 've 'll 'm 'd ) ] } ... ''".split())  # noqa: SIM905
_OPENINGS = frozenset("( [ { $ £ # ``".split())  # noqa: SIM905
_PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|['’]|\s+)$")
Span = tuple[int, int, str]
Step = Callable[[str, list[Mention]], list[Mention]]


@dataclass
class Text:
    """A text with its gold names."""

    text: str = ""
    names: list[Span] = field(default_factory=list)


# ---- gold data -----------------------------------------------------------------------------------------------------
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
SETS = {"wikigold": wikigold, "wnut17": wnut17, "ewt": ewt}
UNJUDGED = {
    "wikigold": frozenset[str](),
    "wnut17": frozenset({"NORP", "EVENT", "LAW", "LANGUAGE"}),
    "ewt": frozenset({"NORP", "EVENT", "LAW", "LANGUAGE", "PRODUCT", "WORK_OF_ART"}),
}
"""Labels that a set does not annotate."""


def _column_texts(path: Path, start: str, classes: dict[str, str]) -> Iterator[Text]:
    text, tokens = Text(), []
    for line in [*path.read_text("utf-8", "replace").split("\n"), ""]:
        columns = re.split(r"[\t ]", line.strip())
        if len(columns) > 1 and columns[0] != start:
            tokens.append((columns[0], columns[-1]))
            continue
        if tokens:
            sentence, places = _written(token for token, _ in tokens)
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


def _written(tokens: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Write tokens as people write: signs joined to words, quotes by turns."""
    text, places, joined, quoted = "", [], True, {'"': False, "'": False}
    for token in tokens:
        word = _PLAIN.get(token, token)
        gap, joins = not joined, False
        if word in quoted:
            gap, joins = gap and not quoted[word], not quoted[word]
            quoted[word] = not quoted[word]
        elif token in _ENDINGS or word in _ENDINGS:
            gap = False
        if word in _OPENINGS:
            joins = True
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


# ---- steps of linking ----------------------------------------------------------------------------------------------
def _trim(text: str, mentions: list[Mention]) -> list[Mention]:
    return trimmed(text, (), mentions)


def _surnames(text: str, mentions: list[Mention]) -> list[Mention]:
    found = _trim(text, mentions)
    formed = [(m, text[m.start : m.end]) for m in found]
    people = people_in(text, found)
    relabelled, alone = surname_labels(people, formed, {}, lower_words(text))
    return with_surnames(text, relabelled, people, alone)


def _labels(text: str, mentions: list[Mention]) -> list[Mention]:
    return one_label(text, _surnames(text, mentions), {})


def _all(text: str, mentions: list[Mention]) -> list[Mention]:
    flat = unwrapped(text)
    return with_occurrences(flat, _labels(flat, mentions), {}, lower_words(flat))


STEPS: dict[str, Step] = {
    "bare pipeline": lambda _, mentions: mentions,
    "+ extents": _trim,
    "+ surnames": _surnames,
    "+ one label a form": _labels,
    "+ other occurrences": _all,
    "link, as it is used": lambda text, mentions: link(text, (), mentions),
}


# ---- scores --------------------------------------------------------------------------------------------------------
@dataclass
class Score:
    """Names found rightly, found in all, and there to be found."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: set[Span] | set[tuple[int, int]], gold: set[Span] | set[tuple[int, int]]) -> None:
        """Count one text."""
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.found + self.gold)


def score(texts: list[Text], found: list[list[Mention]], unjudged: frozenset[str]) -> tuple[Score, Score]:
    """Return the typed and the untyped score."""
    typed, untyped = Score(), Score()
    for text, mentions in zip(texts, found, strict=True):
        gold = {(*_bare(text.text, start, end), kind) for start, end, kind in text.names}
        ours = {
            (*_bare(text.text, m.start, m.end), _class(m.label))
            for m in mentions
            if m.label not in unjudged and group_of(m.label) is not Group.NUMBER
        }
        typed.add(ours, gold)
        untyped.add({span[:2] for span in ours}, {span[:2] for span in gold})
    return typed, untyped


def _class(label: str) -> str:
    group = group_of(label)
    return group.value if group in (Group.PERSON, Group.ORGANISATION, Group.PLACE) else "rest"


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    if (tail := _POSSESSIVE.search(text[start:end])) and tail.start() > 0:
        end = start + tail.start()
    return start, end


def main() -> None:
    """Print one table for each set."""
    parser = argparse.ArgumentParser(description="Print F1 of the names found, step by step.")
    parser.add_argument(
        "--model", default="", help="a pipeline's name or folder; the best installed one if not given"
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder with the gold data")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    arguments = parser.parse_args()
    recogniser = Recognizer(arguments.model)
    for name in arguments.sets:
        texts = SETS[name](arguments.corpus)
        begun = time.perf_counter()
        found = list(recogniser.recognise_many(text.text for text in texts))
        words = sum(len(text.text.split()) for text in texts)
        rate = words / (time.perf_counter() - begun)
        print(
            f"\n{name}: {len(texts)} texts, {sum(len(t.names) for t in texts)} names, {rate:,.0f} words a second"
        )
        print(f"{'':24}{'typed F1':>10}{'untyped F1':>12}")
        for step, work in STEPS.items():
            typed, untyped = score(
                texts, [work(t.text, m) for t, m in zip(texts, found, strict=True)], UNJUDGED[name]
            )
            print(f"{step:24}{typed.f1:10.2f}{untyped.f1:12.2f}")


if __name__ == "__main__":
    main()
