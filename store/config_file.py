"""The file of the user's settings: TOML, read strictly, so that a mistyped key is told and not ignored.

Most users have none: it is imported only where there is one.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from store.config import (
    COLUMNS,
    GROUPINGS,
    GROUPS,
    ICONS,
    JSON_FIELDS,
    NARROWEST,
    NARROWEST_COLUMN,
    ORDERS,
    THEMES,
    WIDEST,
    WIDEST_COLUMN,
    WIRES,
    Column,
    Config,
    nearest,
)
from store.errors import ConfigError


def load(path: Path) -> Config:
    """Read the config file; the defaults when there is none.

    A file that someone else could have written is refused: it names commands that Dateline runs.

    Raises:
        ConfigError: the message names the file, and the key with the nearest one that exists.
    """
    if not path.exists():
        return Config()
    try:
        with path.open("rb") as file:
            _refuse_foreign(path, os.fstat(file.fileno()))
            table = tomllib.load(file)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}.") from error
    return _checked(path, table)


def _refuse_foreign(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ConfigError(f"{path} is no regular file.")
    if status.st_uid not in (os.geteuid(), 0):
        raise ConfigError(f"{path} belongs to another user; a config names commands to run, so it has to be yours.")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ConfigError(f"{path}: others may write to it; run `chmod go-w` on it first.")


def _checked(path: Path, table: Mapping[str, Any]) -> Config:
    known = [one for one in Config.__struct_fields__]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = nearest(key, known)
            proposal = f" Did you mean `{near}`?" if near else f" There are: {', '.join(known)}."
            raise ConfigError(f"{path}: unknown key `{key}`.{proposal}")
        try:
            values[key] = _READERS[key](value, path)
        except ValueError as error:
            said = str(error)
            raise ConfigError(f"{path}: `{key}` {said}{'' if said.endswith('?') else '.'}") from error
    return Config(**values)


# ---- one reader for each key -------------------------------------------------------------------------------
def _text(value: object, _: Path) -> str:
    if not isinstance(value, str):
        raise ValueError("has to be text in quotes")
    return value


def _file(value: object, config: Path) -> Path:
    text = _text(value, config)
    if not text or "\0" in text:
        raise ValueError("has to be the path of a file")
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError("begins with the home folder of a user who is not known here") from error
    # A relative path means the same wherever Dateline is started.
    return path if path.is_absolute() else config.absolute().parent / path


def _folder(value: object, config: Path) -> Path:
    try:
        return _file(value, config)
    except ValueError as error:
        raise ValueError(str(error).replace("the path of a file", "the path of a folder")) from error


def _model(value: object, config: Path) -> str:
    text = _text(value, config)
    return str(_file(text, config)) if "/" in text else text


def _models(value: object, config: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError('has to be a table, such as [models] with fr = "fr_core_news_sm"')
    found: dict[str, str] = {}
    for language, model in value.items():
        code = language.isascii() and language.isalpha() and language.islower() and len(language) in (2, 3)
        if not code and language != "other":
            raise ValueError(f"has no language {language!r}: it takes codes, such as fr, and `other`")
        found[language] = _model(model, config)
    return found


def _choice(known: tuple[str, ...]) -> Callable[[object, Path], str]:
    def read(value: object, config: Path) -> str:
        text = _text(value, config)
        if text not in known:
            near = nearest(text, known)
            raise ValueError(f"cannot be {text!r}; " + (f"did you mean {near!r}?" if near else _one_of(known)))
        return text

    return read


def _one_of(known: tuple[str, ...]) -> str:
    return "it is one of " + ", ".join(repr(one) for one in known)


def _groups(value: object, config: Path) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('has to be a list, such as ["people", "places"]')
    read = _choice(tuple(GROUPS))
    return tuple(dict.fromkeys(GROUPS[read(one, config)] for one in value))


def _arguments(value: object, _: Path) -> tuple[str, ...]:
    # Never one string: nothing of Dateline's goes through a shell.
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and "\0" not in one for one in value):
        raise ValueError('has to be a list of words, such as ["vim", "-n"]')
    if not value[0].strip():
        raise ValueError("has to begin with the name of a program")
    return tuple(value)


def _number(least: int, most: int) -> Callable[[object, Path], int]:
    def read(value: object, _: Path) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"has to be a whole number from {least} to {most}")
        return value

    return read


def _json(value: object, _: Path) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError('has to be a table, such as [json] with text = "story.body"')
    found: dict[str, tuple[str, ...]] = {}
    for name, places in value.items():
        if name not in JSON_FIELDS:
            near = nearest(name, JSON_FIELDS)
            proposal = f"did you mean `{near}`?" if near else f"there are {', '.join(JSON_FIELDS)}"
            raise ValueError(f"has no field `{name}`: {proposal}")
        listed = [places] if isinstance(places, str) else places
        if not isinstance(listed, list) or not listed or not all(map(_is_dotted, listed)):
            raise ValueError(f'has something else than names for `{name}`, such as "story.body" or ["body", "text"]')
        found[name] = tuple(listed)
    return found


def _is_dotted(place: object) -> bool:
    return isinstance(place, str) and all(step.strip() for step in place.split("."))


def _row(value: object, config: Path) -> tuple[Column, ...]:
    if not isinstance(value, list):
        raise ValueError('has to be a list of columns, such as ["date", "title", "folder:20", "digits", "note"]')
    found = tuple(_column(_text(one, config)) for one in value)
    names = [column.name for column in found]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"has the column {name!r} twice")
    if "title" not in names:
        raise ValueError('has no column "title"; it takes the room that the others leave')
    return found


def _column(text: str) -> Column:
    name, colon, width = text.partition(":")
    if name not in COLUMNS:
        near = nearest(name, tuple(COLUMNS))
        meant = f"did you mean {near!r}?" if near else _one_of(tuple(COLUMNS))
        raise ValueError(f"knows no column {name!r}; {meant}")
    if not colon:
        return Column(name, COLUMNS[name])
    if not COLUMNS[name]:
        takes = "what is left" if name == "title" else "what it needs"
        raise ValueError(f"gives {name!r} a width; it takes {takes}")
    if not (width.isascii() and width.isdigit() and NARROWEST_COLUMN <= int(width) <= WIDEST_COLUMN):
        raise ValueError(f"has {text!r}; a width is a whole number from {NARROWEST_COLUMN} to {WIDEST_COLUMN}")
    if name == "date" and int(width) < COLUMNS["date"]:
        raise ValueError(f"has {text!r}; a date takes {COLUMNS['date']} columns, or 10 to be written as 2026-11-23")
    return Column(name, int(width))


def _keys(value: object, _: Path) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError("has to be a table of commands and keys")
    keys: dict[str, str | tuple[str, ...]] = {}
    for command, pressed in value.items():
        if isinstance(pressed, list) and all(isinstance(one, str) for one in pressed):
            keys[command] = tuple(pressed)
        elif isinstance(pressed, str):
            keys[command] = pressed
        else:
            raise ValueError(f"has something else than keys in quotes for `{command}`")
    return keys


_READERS: dict[str, Callable[[Any, Path], object]] = {
    "db": _file,
    "model": _model,
    "models": _models,
    "names": _file,
    "library": _folder,
    "theme": _choice(THEMES),
    "shown": _groups,
    "editor": _arguments,
    "measure": _number(NARROWEST, WIDEST),
    "pace": _number(50, 1000),
    "icons": _choice(ICONS),
    "wire": _choice(WIRES),
    "order": _choice(ORDERS),
    "row": _row,
    "grouping": _choice(GROUPINGS),
    "json": _json,
    "keys": _keys,
}
