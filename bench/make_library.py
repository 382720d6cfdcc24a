"""Makes a library of articles to measure with: seeded, so that the same numbers give the same bytes.

python -m bench.make_library 10000 FOLDER
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

NEWEST = date(2024, 6, 30)
FILES_IN_A_FOLDER = 500
OPENERS = 24
"""The newest articles have a fixed length, so that opening them can be measured: see `special_length`."""

_TABLE = """
first: Amara Anna Björn Daniel Elena Fatima Grace Hiroshi Ingrid Kwame Leila Mateo Mikhail Priya Sofia Wei
last: Adeyemi Banerjee Chen Dubois Fischer Haddad Ivanova Jensen Kim Lindqvist Moreau Novák O'Brien Petrov
town: Accra Bergen Bilbao Brno Cork Graz Hanoi Leeds Lima Lyon Nairobi Osaka Porto Quito Riga Tallinn Tunis
land: Canada Chile Denmark Estonia Ghana Ireland Japan Kenya Latvia Norway Peru Portugal Vietnam
body: ministry council university port authority court museum hospital
thing: harbour bridge budget treaty river archive vaccine railway strike festival harvest satellite library
deed: delays approves reopens questions restores counts closes defends surveys audits
sort: long-awaited modest disputed quiet record unexpected narrow provisional regional
day: Monday Tuesday Thursday Sunday
"""
WORDS = {name: words.split() for name, _, words in (row.partition(":") for row in _TABLE.split("\n") if row)}
"""What it fills its sentences with, by kind."""
_SENTENCES = (
    "{person} said in {town} on {day} that the {sort} {thing} would go ahead.",
    "The {body} in {town} put the cost at {number} million, {small} per cent more than a year before.",
    "“Nobody here expected the {thing} to matter,” said {person}, who has followed it for {small} years.",
    "Between {year} and {year2} the {body} of {land} had asked twice for the {thing} to be counted again.",
    "In {land}, where a {sort} {thing} was tried in {year}, {number} people signed a letter against it.",
    "{person} and {person2} will meet the {body} in {town} before the end of the month.",
    "Whether the {thing} survives the winter is, for now, anybody's guess.",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of the made library."""

    title: str
    published: date
    first: str
    """The beginning of its text, to be looked for on the screen."""
    text: str
    path: str
    """Relative to the library's folder."""


def special_length(rank: int) -> int | None:
    """Return how many characters the `rank`th newest article has, or None where that is left to chance."""
    if rank >= OPENERS:
        return None
    return 1_000_000 if rank % 8 == 7 else 4_000


def samples(count: int) -> Iterator[Sample]:
    """Yield `count` articles, the newest first; several appear each day, as in a newspaper."""
    for rank in range(count):
        dice = random.Random(f"dateline {rank}")
        title = _filled(dice, "{town} {body} {deed} {sort} {thing}")
        # A day each for the newest, so that their order is known; later ten a day.
        age = rank if rank < OPENERS else OPENERS + (rank - OPENERS) // 10
        text = "\n\n".join(_paragraphs(dice, special_length(rank) or dice.randint(600, 2_400)))
        path = f"{rank // FILES_IN_A_FOLDER:03}/{rank:06}.md"
        yield Sample(f"{title} ({rank})", NEWEST - timedelta(days=age), text[:30], text, path)


def moment(rank: int, sample: Sample) -> datetime:
    """Return a time for an article on its day, so that those of a day have an order: that of `samples`."""
    minutes = 0 if rank < OPENERS else (rank - OPENERS) % 10
    return datetime.combine(sample.published, time(12)) - timedelta(minutes=minutes)


def write_library(count: int, folder: Path) -> None:
    """Write `count` articles as Markdown with front matter."""
    for sample in samples(count):
        path = folder / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f'---\ntitle: "{sample.title}"\ndate: {sample.published}\n---\n\n'
        path.write_text(f"{head}{sample.text}\n", encoding="utf-8")


def _paragraphs(dice: random.Random, length: int) -> Iterator[str]:
    # A long text comes round again: its length is what is measured, not its wit.
    stock: list[str] = []
    written = turn = 0
    while written < length:
        if len(stock) < 40:
            stock.append(" ".join(_filled(dice, dice.choice(_SENTENCES)) for _ in range(4)))
        paragraph = stock[turn % 40]
        written += len(paragraph) + 2
        turn += 1
        yield paragraph


def _filled(dice: random.Random, pattern: str) -> str:
    words = {name: dice.choice(some) for name, some in WORDS.items()}
    return pattern.format(
        **words,
        person=f"{words['first']} {words['last']}",
        person2=f"{dice.choice(WORDS['first'])} {dice.choice(WORDS['last'])}",
        number=dice.randint(12, 980),
        small=dice.randint(2, 40),
        year=dice.randint(1971, 2004),
        year2=dice.randint(2005, 2023),
    )


def main() -> None:
    """Write a library as the command line asks."""
    parser = argparse.ArgumentParser(description="Make a library of articles to measure with.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write_library(arguments.count, arguments.folder)


if __name__ == "__main__":
    main()
