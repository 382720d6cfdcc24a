"""The library that every command is tried on: small, with something for each of them to do."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from pty_driver import command

from store.article import EntityKey
from store.config import Config
from store.library import (
    AssignDigit,
    Library,
    SaveNote,
    SaveSearch,
    Star,
    Tag,
    TagEntity,
    make_anchor,
)

NAMES = """[PERSON]
names = ["Shinzo Abe", "Sergei Lavrov", "Sergey Lavrov", "Fumio Kishida"]
[ORG]
names = ["Tokyo Gas", "Harbour Board"]
[GPE]
names = ["Tokyo", "Moscow", "Japan", "Russia", "Oslo"]
"""

_TALKS = (
    "Shinzo Abe met Sergei Lavrov in Tokyo. They talked about the islands north of Japan.",
    "The talks will go on in Moscow, said Sergei Lavrov. Russia wants a treaty first.",
    "Tokyo Gas and the Harbour Board had asked for them. Fumio Kishida was there too.",
    "Nobody spoke about fish, and the zebra was not mentioned.",
)
_VISIT = ["Sergey Lavrov spoke with Shinzo Abe in Moscow.", "Then he went to [Oslo](https://oslo.example/news)."]
_WALL = "The old wall costs nine crowns."
_ACCOUNTS = [f"Line {number} of the accounts." for number in range(20)]
TALKS, VISIT, BUDGET, DOUBLE = "Talks in Tokyo", "A visit to Moscow", "The harbour budget", "Kept twice"
_QUESTIONS = "".join(f"\n\nQuestion {number}?" for number in range(20))
ASK, ANNA, BORIS = "Ask", f"Ask Anna{_QUESTIONS}", f"Ask Boris{_QUESTIONS}"
"""A note, and what two sessions made of it: more than fits on a screen."""
NEWS = "1 note wants a place"
FILLERS = 34
"""More than one screenful."""
HELPERS = {
    "editor": 'echo "By hand." >> "$1"',
    "pager": 'echo "$(grep -c Tokyo) lines name Tokyo"; read key < /dev/tty',
    "browser": "exit 0",
}
"""The programs that stand in for the user's own, by the variable that names them, in small letters."""


def make(base: Path) -> None:
    """Write, index and annotate the articles below `base`; its `cache`, `data` and `config` are as of a user of it."""
    articles = base / "articles"
    pages = {
        "a/talks.md": (TALKS, "2017-03-20", [f"{line} Part {n}." for n in range(9) for line in _TALKS]),
        "a/visit.md": (VISIT, "2017-03-20", _VISIT),
        "a/double.md": (DOUBLE, "2016-05-01", ["Two people wrote about this at once in Oslo."]),
        "a/budget.md": (BUDGET, "2016-04-01", [_WALL, "The Harbour Board pays for it.", *_ACCOUNTS]),
        "a/paper-one.md": ("Paper one", "2016-03-01", [" ".join(f"ferry{n}" for n in range(120))]),
        "a/paper-two.md": ("Paper two", "2016-03-02", [" ".join(f"ferry{n}" for n in range(119))]),
        **{
            f"b/{number:02}.md": (f"Filler {number:02}", f"2015-01-{number % 28 + 1:02}", [f"Water {number}."])
            for number in range(FILLERS)
        },
    }
    for name, (title, day, paragraphs) in pages.items():
        file = articles / name
        file.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(paragraphs)
        file.write_text(f"---\ntitle: {title}\ndate: {day}\nlanguage: en\n---\n{body}\n", encoding="utf-8")
    (base / "names.toml").write_text(NAMES)
    (base / "config" / "dateline").mkdir(parents=True)
    (base / "config" / "dateline" / "config.toml").write_text(f'names = "{base}/names.toml"\n')
    for name, does in HELPERS.items():
        (base / name).write_text(f"#!/bin/sh\n{does}\n")
        (base / name).chmod(0o700)
    _annotate(base)
    budget = articles / "a" / "budget.md"
    changed = budget.read_text().replace("nine crowns", "ten euros and a half").replace("the accounts", "our books")
    budget.write_text(changed)
    done = command("index", articles, **folders(base))
    assert done.returncode == 0, done.stderr


def folders(base: Path) -> dict[str, str]:
    """Return the variables that say where things are."""
    return {f"XDG_{name.upper()}_HOME": str(base / name) for name in ("config", "data", "cache", "state")}


def fresh(base: Path, into: Path) -> dict[str, str]:
    """Return the same for a user of the library who has not done anything yet."""
    shutil.copytree(base / "data", into / "data")
    (into / "state").mkdir()
    programs = {name.upper(): str(base / name) for name in HELPERS}
    return folders(base) | programs | {f"XDG_{name.upper()}_HOME": str(into / name) for name in ("data", "state")}


def _annotate(base: Path) -> None:
    file = base / "data" / "dateline" / "annotations.json"
    file.parent.mkdir(parents=True)
    before = dict(os.environ)
    os.environ.update(folders(base))
    try:
        with Library.open([base / "articles"], Config(), annotations=file) as library:
            library.bring_up_to_date()
            library.load_annotations().result()
            keys = {row.title: row.key for row in library.first_page()}
            _write(library, {title: keys[title] for title in (TALKS, VISIT, BUDGET, DOUBLE)})
    finally:
        os.environ.clear()
        os.environ.update(before)
    # What making it took is nothing that the user of it did.
    whole = json.loads(file.read_text(encoding="utf-8"))
    whole["undo"] = {}
    file.write_text(json.dumps(whole), encoding="utf-8")


def _write(library: Library, keys: dict[str, object]) -> None:
    targets = {title: library.target(key) for title, key in keys.items()}
    library.change(Tag((targets[TALKS],), add=("japan",))).result()
    library.change(Star((targets[VISIT],), True)).result()
    library.change(AssignDigit(1, "japan")).result()
    budget = library.article(keys[BUDGET])
    double = library.article(keys[DOUBLE])
    assert budget is not None and double is not None
    text = budget.article.text
    at = text.index(_WALL)
    anchor = make_anchor(text, at, at + len(_WALL))
    library.change(SaveNote(targets[BUDGET], "Who pays?", anchor=anchor, tags=("money",))).result()
    first = library.change(SaveNote(targets[DOUBLE], ASK, tags=("japan",))).result().note
    library.change(SaveNote(targets[DOUBLE], ANNA, first, 1)).result()
    assert library.change(SaveNote(targets[DOUBLE], BORIS, first, 1)).result().conflict
    library.change(SaveSearch("fillers", "title:filler", tags=("water",))).result()
    library.change(SaveSearch("zebras", "zebra", pinned=True)).result()
    library.change(TagEntity(EntityKey("place:oslo"), "Oslo", "place", ("north",))).result()
