"""The user's own names: a TOML, CSV or TSV file of terms with labels, read strictly."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from store.entities.labels import LABELS
from store.errors import ConfigError
from store.record import Record

_LABELS = tuple(label for labels in LABELS.values() for label in labels)
_APOSTROPHES = ("'", "’")


class OwnName(Record):
    """A name that always carries this label, wherever it stands."""

    term: str
    """As it is written in texts; one line, single spaces."""
    label: str


def read_names(path: Path) -> tuple[OwnName, ...]:
    """Read a names file.

    A `.csv` or `.tsv` has lines of term and label; anything else is TOML, with `[PERSON] names = ["..."]` or with
    `[[names]]` tables of `name` and `label`.

    Raises:
        ConfigError: the file or a line of it is wrong; the message names both.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: the names file cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: the names file has to be UTF-8; byte {error.start} is not.") from error
    suffix = path.suffix.casefold()
    if suffix in (".csv", ".tsv"):
        rows = _table_rows(text, path, "\t" if suffix == ".tsv" else ",")
    else:
        rows = _toml_rows(text, path)
    return tuple(_checked(rows, path))


def spellings(term: str) -> set[str]:
    """Return the ways in which a text may write a term: accents joined or apart, either apostrophe."""
    forms = {unicodedata.normalize("NFC", term), unicodedata.normalize("NFD", term)}
    straight, curly = _APOSTROPHES
    return forms | {form.replace(straight, curly) for form in forms} | {form.replace(curly, straight) for form in forms}


_Row = tuple[object, object, int]
"""Term, label, line."""


def _checked(rows: Iterator[_Row], path: Path) -> Iterator[OwnName]:
    seen: dict[str, tuple[str, int]] = {}
    for term, label, line in rows:
        where = f"{path}, line {line}"
        if not isinstance(label, str) or label not in _LABELS:
            raise ConfigError(f"{where}: unknown label {label!r}. Labels are {', '.join(_LABELS)}.")
        if not isinstance(term, str) or not any(c.isalnum() for c in term):
            raise ConfigError(f"{where}: {term!r} is no name.")
        if len(term.splitlines()) > 1 or any(unicodedata.category(c) == "Cc" for c in term.strip()):
            raise ConfigError(f"{where}: {term!r} is more than one line, or holds control characters.")
        name = " ".join(term.split())
        before = seen.setdefault(name, (label, line))
        if before[0] != label:
            raise ConfigError(f"{where}: {name!r} is {label} here and {before[0]} on line {before[1]}.")
        if before[1] == line:
            yield OwnName(name, label)


def _table_rows(text: str, path: Path, delimiter: str) -> Iterator[_Row]:
    reader = csv.reader(text.splitlines(), delimiter=delimiter, strict=True, skipinitialspace=True)
    first = True
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if len(cells) != 2:
                kind = "tab" if delimiter == "\t" else "comma"
                raise ConfigError(
                    f"{path}, line {reader.line_num}: has {len(cells)} columns; a line is a name, a {kind}, a label."
                )
            if not (first and cells[1].casefold() == "label"):
                yield cells[0], cells[1], reader.line_num
            first = False
    except csv.Error as error:
        raise ConfigError(f"{path}, line {reader.line_num}: {error}.") from error


def _toml_rows(text: str, path: Path) -> Iterator[_Row]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        where = "" if "line" in told else f", line {text.rstrip().count(chr(10)) + 1}"
        raise ConfigError(f"{path}{where}: is no valid TOML: {told}.") from error
    lines = _Lines(text)
    for key, table in tables.items():
        if key == "names" and isinstance(table, list):
            for number, entry in enumerate(table):
                line = lines.of_table(r"\[\[\s*names\s*\]\]", number)
                if not isinstance(entry, dict) or set(entry) != {"name", "label"}:
                    raise ConfigError(f"{path}, line {line}: each of `names` is a table of `name` and `label`.")
                yield entry["name"], entry["label"], lines.of_value(entry["name"], line)
            continue
        line = lines.of_table(rf"\[\s*[\"']?{re.escape(key)}[\"']?\s*\]|^\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", 0)
        if key not in _LABELS:
            raise ConfigError(f"{path}, line {line}: unknown label {key!r}. Labels are {', '.join(_LABELS)}.")
        if not isinstance(table, dict) or set(table) != {"names"} or not isinstance(table["names"], list):
            raise ConfigError(f'{path}, line {line}: write [{key}] and below it names = ["...", "..."].')
        for name in table["names"]:
            yield name, key, lines.of_value(name, line)


class _Lines:
    """Finds the line of something in a TOML text, which the parser does not tell."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def of_table(self, pattern: str, number: int) -> int:
        """Return the line of the `number`-th match of a pattern, counted from 1; 1 when there is none."""
        found = [at for at, line in enumerate(self._lines, 1) if re.search(pattern, line)]
        return found[min(number, len(found) - 1)] if found else 1

    def of_value(self, value: object, after: int) -> int:
        """Return the first line from `after` on that holds a value, else `after`."""
        wanted = str(value)
        return next((at for at, line in enumerate(self._lines[after - 1 :], after) if wanted in line), after)
