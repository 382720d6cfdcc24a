"""Training data in words: `.spacy` files, and lines of words with tags. A process of its own, since it imports spaCy.

`python -P -m store.exchange.tokenised spacy|conll` takes examples as JSON lines, writes the file's bytes to standard
output, and at last one JSON line to standard error: how many there were, and which names are not made of whole words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

from store.entities.choice import DEFAULT_LANGUAGE
from store.entities.pipelines import ANY_LANGUAGE, spacy_code
from store.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MOST_TOLD = 200


class Report:
    """What was written, and what could not be written as it is."""

    def __init__(self) -> None:
        self.examples = self.words = self.names = 0
        self.labels: dict[str, int] = {}
        self.misaligned: list[dict[str, Any]] = []
        self.misaligned_count = 0

    def count(self, example: dict[str, Any], words: int) -> None:
        """Count an example."""
        self.examples += 1
        self.words += words
        self.names += len(example["spans"])
        for _, _, label in example["spans"]:
            self.labels[label] = self.labels.get(label, 0) + 1

    def misaligned_name(self, example: dict[str, Any], start: int, end: int, label: str) -> None:
        """Keep a name that begins or ends within a word."""
        self.misaligned_count += 1
        if len(self.misaligned) < _MOST_TOLD:
            place = {"article": example["article"], "title": example["title"], "label": label}
            offset = example["start"]
            told = {"start": start + offset, "end": end + offset, "text": example["text"][start:end]}
            self.misaligned.append(place | told)


def parted(text: str, language: str) -> Doc:
    """Return a text in words, as the pipelines of its language part it."""
    return _blank(spacy_code(language) or DEFAULT_LANGUAGE).make_doc(text)


@cache
def _blank(code: str) -> Language:
    import spacy

    try:
        return spacy.blank(code)
    except (ImportError, ValueError, OSError):
        # A language that spaCy does not know, or that needs a package of its own to be parted.
        return spacy.blank(ANY_LANGUAGE)


def docbin(examples: Iterable[dict[str, Any]], report: Report) -> bytes:
    """Return the bytes of a `.spacy` file.

    The words of a name that does not begin and end with a word are left open (missing, in spaCy's terms), so that a
    training learns nothing wrong from them.
    """
    from spacy.tokens import DocBin

    whole = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
    for example in examples:
        doc = parted(example["text"], example["language"])
        names, open_ = [], []
        for start, end, label in example["spans"]:
            span = doc.char_span(start, end, label=label)
            if span is not None:
                names.append(span)
            else:
                report.misaligned_name(example, start, end, label)
                open_.append(doc.char_span(start, end, alignment_mode="expand"))
        taken = {token.i for span in names for token in span}
        free = [doc[token.i : token.i + 1] for span in open_ if span for token in span if token.i not in taken]
        doc.set_ents(names, missing=list({span.start: span for span in free}.values()), default="outside")
        report.count(example, len(doc))
        whole.add(doc)
    return whole.to_bytes()


def conll(examples: Iterable[dict[str, Any]], report: Report) -> Iterator[str]:
    """Yield a word a line with its tag (IOB2), an empty line between sentences, `-DOCSTART-` before each article.

    Where a name begins or ends within a word, the word is parted there: nothing is lost.
    """
    article = ""
    for example in examples:
        if example["article"] != article:
            article = example["article"]
            yield "-DOCSTART- -X- O O\n\n"
        doc = parted(example["text"], example["language"])
        for start, end, label in example["spans"]:
            if doc.char_span(start, end) is None:
                report.misaligned_name(example, start, end, label)
        words = list(_parted(((token.idx, token.idx + len(token)) for token in doc), example["spans"]))
        report.count(example, len(words))
        yield from _lines(example["text"], words, example["spans"])


def _parted(words: Iterable[tuple[int, int]], spans: list[Any]) -> Iterator[tuple[int, int]]:
    borders = sorted({at for start, end, _ in spans for at in (start, end)})
    for start, end in words:
        cuts = [start, *(at for at in borders if start < at < end), end]
        yield from pairwise(cuts)


def _lines(text: str, words: list[tuple[int, int]], spans: list[Any]) -> Iterator[str]:
    ends = [end for _, end in sentences(text, 0, len(text))]
    sentence, at, begun = 0, 0, False
    for start, end in words:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= start
        while sentence < len(ends) and start >= ends[sentence]:
            # No sentence ends within a name.
            if begun and not (inside and spans[at][0] < start):
                yield "\n"
                begun = False
            sentence += 1
        word = text[start:end]
        if not word.split():
            continue
        tag = f"{'B' if spans[at][0] == start else 'I'}-{spans[at][2]}" if inside else "O"
        yield f"{''.join(word.split())} {tag}\n"
        begun = True
    if begun:
        yield "\n"


def main(format: str, source: BinaryIO, out: BinaryIO) -> Report:
    """Write what the examples come to."""
    report = Report()
    examples = (json.loads(line) for line in source)
    if format == "conll":
        for line in conll(examples, report):
            out.write(line.encode("utf-8", "replace"))
    else:
        out.write(docbin(examples, report))
    out.flush()
    return report


if __name__ == "__main__":
    told = main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
    sys.stderr.write(json.dumps(vars(told)) + "\n")
