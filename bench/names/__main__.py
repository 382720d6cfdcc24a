"""Prints how well names are found and linked on public gold data, what each step brings, and what it all costs.

    python -m bench.names [--sets wikigold wnut17 ewt gum] [--columns FILE ...] [--steps] [--cost] [--model NAME]

The first table has a line for each set: exact spans with their classes, and the entities of each article, for the
bare pipeline, which is spaCy on the whole text with nothing before and after it, and for ours; `entities.py` says what
is counted. `--columns` takes any further file of columns in the manner of CoNLL 2003. `--steps` adds what is lost when
a step is left out, `--cost` what analysis takes beside spaCy alone. Figures compare; the sets' schemes differ too much
from the labels for them to be absolute.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.names.cost import print_cost
from bench.names.entities import Scheme, entity_scores, span_scores
from bench.names.gold import CORPUS, UNJUDGED, Text, columns, ewt, wikigold, wnut17
from bench.names.gum import gum
from store.article import Mention
from store.entities.link import STEPS, link
from store.entities.recognizer import Recognizer

SETS: dict[str, tuple[Callable[[Path], list[Text]], Scheme]] = {
    "wikigold": (wikigold, Scheme()),
    "wnut17": (wnut17, Scheme(UNJUDGED["wnut17"])),
    "ewt": (ewt, Scheme(UNJUDGED["ewt"])),
    "gum": (gum, Scheme(UNJUDGED["gum"], merged=True)),
}


RECOGNISER = "our recogniser"
"""What stands between text and model: paragraphs one by one, wrapped lines joined, capitals written as words."""


@dataclass
class Read:
    """A set, and what the pipeline finds in it."""

    name: str
    scheme: Scheme
    texts: list[Text]
    bare: list[list[Mention]]
    """By the pipeline alone, on whole texts as they are."""
    found: list[list[Mention]]
    """By the recogniser."""

    def linked(self, without: frozenset[str] = frozenset()) -> list[list[Mention]]:
        """Return what linking makes of it."""
        mentions = self.bare if RECOGNISER in without else self.found
        return [link(text.text, (), some, without=without) for text, some in zip(self.texts, mentions, strict=True)]


def bare(recogniser: Recognizer, texts: list[Text]) -> list[list[Mention]]:
    """Return what the pipeline says of the texts as they are."""
    return [
        [Mention(span.start_char, span.end_char, span.label_) for span in doc.ents]
        for doc in recogniser._nlp.pipe(text.text for text in texts)
    ]


def print_scores(sets: list[Read]) -> None:
    """Print the table of sets."""
    print("                  |  exact spans, typed   |      entities of an article: F1")
    print("                  |                       |    as written     |          linked            |   of articles")
    print("set    texts names |  bare   ours          |  bare   ours      |  bare   rule   ours        |  bare   ours")
    for read in sets:
        ours = read.linked()
        bare_spans, _ = span_scores(read.texts, read.bare, read.scheme)
        our_spans, _ = span_scores(read.texts, ours, read.scheme)
        scores = entity_scores(read.texts, read.bare, ours, read.scheme)
        f1 = {name: score.f1 for name, score in scores.items()}
        mean = {name: score.mean for name, score in scores.items()}
        names = sum(len(text.names) for text in read.texts)
        print(
            f"{read.name:8}{len(read.texts):4}{names:6}|"
            f"{bare_spans.f1:6.2f} {our_spans.f1:6.2f} ({our_spans.f1 - bare_spans.f1:+.2f})  |"
            f"{f1['as written, bare']:6.2f} {f1['as written, ours']:6.2f}"
            f" ({f1['as written, ours'] - f1['as written, bare']:+.2f})|"
            f"{f1['linked, bare']:6.2f} {f1['linked, rule']:6.2f} {f1['linked, ours']:6.2f}"
            f" ({f1['linked, ours'] - f1['linked, bare']:+.2f})|"
            f"{mean['linked, bare']:6.2f} {mean['linked, ours']:6.2f}"
            f" ({mean['linked, ours'] - mean['linked, bare']:+.2f})"
        )


def print_steps(sets: list[Read]) -> None:
    """Print what is lost without each step: of exact spans, and of linked entities."""
    print(f"\n{'without':20}" + "".join(f"{read.name:>18}" for read in sets))
    print(f"{'':20}" + "".join(f"{'spans':>9}{'entities':>9}" for _ in sets))
    whole: list[float] = []
    for step in ("", RECOGNISER, *STEPS):
        f1 = []
        for read in sets:
            ours = read.linked(frozenset({step}))
            f1.append(span_scores(read.texts, ours, read.scheme)[0].f1)
            f1.append(entity_scores(read.texts, read.bare, ours, read.scheme)["linked, ours"].f1)
        whole = whole or f1
        shown = [f"{value:.2f}" if not step else f"{value - of:+.2f}" for value, of in zip(f1, whole, strict=True)]
        print(f"{step or 'nothing':20}" + "".join(f"{shown[n]:>9}{shown[n + 1]:>9}" for n in range(0, len(shown), 2)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.names", description="Print how well names are found.")
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--columns", nargs="*", default=[], type=Path, help="further files: word first, IOB tag last")
    parser.add_argument("--steps", action="store_true", help="leave out each step of linking in turn")
    parser.add_argument("--cost", action="store_true", help="time analysis beside spaCy alone")
    parser.add_argument("--model", default="", help="a pipeline's name or folder; else the best installed one")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder with the gold data")
    arguments = parser.parse_args()
    recogniser = Recognizer(arguments.model)
    sources = [(name, SETS[name][1], SETS[name][0](arguments.corpus)) for name in arguments.sets]
    sources += [(path.stem[:10], Scheme(), columns(path)) for path in arguments.columns]
    sets = [
        Read(name, scheme, texts, bare(recogniser, texts), list(recogniser.recognise_many(text.text for text in texts)))
        for name, scheme, texts in sources
    ]
    print_scores(sets)
    if arguments.steps:
        print_steps(sets)
    if arguments.cost:
        print_cost(recogniser, arguments.corpus.parent / "articles" / "18f")


if __name__ == "__main__":
    main()
