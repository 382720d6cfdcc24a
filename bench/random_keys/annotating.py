"""What is there before the first key: annotations of every kind, and articles of our own that some commands need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.annotations.tables import AnnotationDB
from store.article import ArticleKey, EntityKey
from store.config import Config
from store.library import (
    AssignDigit,
    CorrectionKind,
    CorrectName,
    Library,
    Read,
    SaveNote,
    SaveSearch,
    Scope,
    Star,
    Tag,
    TagEntity,
    Target,
    make_anchor,
)

_WALL = "The old wall costs nine crowns."
_ONCE = f"Shinzo Abe met Angela Merkel in Oslo.\n\n{_WALL}\n\n" + "The Harbour Board pays for it. " * 40
_TWICE = "Barack Obama wrote about [Moscow](https://oslo.example/news) and Berlin at once."
_COPY = [f"ferry{number}" for number in range(120)]
_TEXTS = {
    "Kept once": _ONCE, "Kept once more": _ONCE.replace("Oslo", "Bergen"),
    "Kept twice": _TWICE, "Kept twice more": f"{_TWICE} Again.", "Kept twice at last": f"{_TWICE} At last.",
    "Copy one": " ".join(_COPY), "Copy two": " ".join(_COPY[:-1]),
}  # fmt: skip
OWN = {
    f"{title}.md": f"---\ntitle: {title}\ndate: 2016-04-0{number}\n---\n\n{text}\n"
    for number, (title, text) in enumerate(_TEXTS.items(), 1)
}
"""Files of our own: some that change after they were noted on, some with a note of two texts, and two copies."""

_TAGS = ("japan", "agile", "open/source", "kept", "to-check")


def annotate(articles: Path, file: Path) -> None:
    """Tag, note, star and decide what the keys will then change."""
    with Library.open([articles], Config(), annotations=file) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        rows = library.first_page()
        for number, row in enumerate(rows[:120]):
            _annotate(library, number, row.key)
        own = {name: library.locate(str(articles / name))[0] for name in OWN}
        for name, key in own.items():
            if "once" in name:
                _noted(library, key)
            elif "twice" in name:
                _two_texts(library, library.target(key))
        for digit, tag in enumerate(_TAGS[:2], 1):
            library.change(AssignDigit(digit, tag)).result()
        library.change(SaveSearch("saved", "tag:kept", pinned=True)).result()
        library.change(TagEntity(EntityKey("place:japan"), "Japan", "place", ("kept",))).result()
        library.change(CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, "Agile", old_label="ORG")).result()


def change(folder: Path) -> Iterator[Path]:
    """Change articles that are noted on, and return them."""
    for file in folder.glob("Kept once*"):
        text = file.read_text(encoding="utf-8")
        changed = text.replace("nine crowns", "ten euros and a half").replace("pays", "paid", 7)
        file.write_text(changed, encoding="utf-8")
        yield file


def settle(articles: Path, file: Path) -> None:
    """Let the annotations follow the articles, and forget the steps of the making: they are not to be undone."""
    with Library.open([articles], Config(), annotations=file) as library:
        library.load_annotations().result()
        library.bring_up_to_date()
    database = AnnotationDB(file)
    database.drop_table("undo")
    database.storage.fold()
    database.close()


def _annotate(library: Library, number: int, key: ArticleKey) -> None:
    target = library.target(key)
    library.change(Tag((target,), add=(_TAGS[number % 5], _TAGS[number % 3]))).result()
    if number % 4 == 0:
        library.change(Star((target,), True)).result()
    if number % 5 == 0:
        library.change(Read((target,), True)).result()
    stored = library.article(key)
    if number % 3 == 0 and stored is not None:
        text = stored.article.text
        anchor = make_anchor(text, min(40, len(text) // 2), min(140, len(text))) if number % 2 else None
        library.change(SaveNote(target, f"Note {number}\n\n- one", anchor=anchor, tags=(_TAGS[number % 5],))).result()


def _two_texts(library: Library, target: Target) -> None:
    """Write a note, and edit it from two sessions at once."""
    first = library.change(SaveNote(target, "Ask")).result().note
    for whom in ("Anna", "Boris"):
        library.change(SaveNote(target, f"Ask {whom}\n\n" + "Why?\n\n" * 30, first, 1)).result()


def _noted(library: Library, key: ArticleKey) -> None:
    """Write on passages of the article whose text changes: on one that stays, and on one that goes."""
    stored = library.article(key)
    assert stored is not None
    text = stored.article.text
    for words in ("Angela Merkel", _WALL):
        at = text.index(words)
        anchor = make_anchor(text, at, at + len(words))
        library.change(SaveNote(library.target(key), "Who?", anchor=anchor, tags=("kept",))).result()
