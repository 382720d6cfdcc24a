"""The config file says what is wrong with it, and who may have written it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.config import Config, nearest
from store.config_file import _READERS, load
from store.errors import ConfigError


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Config()


def test_every_key_is_read(tmp_path: Path) -> None:
    config = load(
        written(
            tmp_path,
            """
            db = "~/notes.json"
            model = "en_core_web_sm"
            names = "names.tsv"
            library = "~/articles"
            theme = "light"
            shown = ["people", "groups", "dates"]
            editor = ["vim", "-n"]
            measure = 60
            icons = "ascii"
            [json]
            text = "story.body"
            title = ["kopf.titel", "title"]
            [keys]
            star = "s"
            next = ["j", "down"]
            """,
        )
    )
    assert config.db == Path.home() / "notes.json"
    assert config.model == "en_core_web_sm"
    assert config.names == tmp_path / "names.tsv", "a relative path is beside the config, wherever Dateline starts"
    assert config.library == Path.home() / "articles"
    assert (config.theme, config.shown, config.editor) == ("light", ("person", "group", "number"), ("vim", "-n"))
    assert (config.measure, config.icons) == (60, "ascii")
    assert dict(config.json) == {"text": ("story.body",), "title": ("kopf.titel", "title")}
    assert config.json_names == ("text=story.body", "title=kopf.titel", "title=title")
    assert dict(config.keys) == {"star": "s", "next": ("j", "down")}


def test_there_is_a_reader_for_every_field() -> None:
    assert set(_READERS) == {*Config.__struct_fields__}


def test_an_unknown_key_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    path = written(tmp_path, "mesure = 60")
    with pytest.raises(ConfigError, match=r"unknown key `mesure`\. Did you mean `measure`") as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_key_like_no_other_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"unknown key `xyzzy`\. There are: db, model"):
        load(written(tmp_path, "xyzzy = 1"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("measure = 30", "`measure` has to be a whole number from 45 to 100"),
        ("measure = 72.0", "`measure` has to be"),
        ("measure = true", "`measure` has to be"),
        ("db = 3", "`db` has to be text"),
        ('db = ""', "`db` has to be the path"),
        ('theme = "drak"', "`theme` cannot be 'drak'; did you mean 'dark'"),
        ('shown = "people"', "`shown` has to be a list"),
        ('shown = ["people", "place"]', "`shown` cannot be 'place'; did you mean 'places'"),
        ('editor = "vim -n"', "`editor` has to be a list of words"),
        ("editor = []", "`editor` has to be a list of words"),
        ('editor = [" "]', "`editor` has to begin with the name of a program"),
        ("json = 1", r"`json` has to be a table, such as \[json\]"),
        ('[json]\ntilte = "x"', "`json` has no field `tilte`: did you mean `title`"),
        ('[json]\nquux = "x"', "`json` has no field `quux`: there are title, text, author"),
        ("[json]\ntext = 1", "`json` has something else than names for `text`"),
        ("[json]\ntext = []", "`json` has something else than names for `text`"),
        ('[json]\ntext = "a..b"', "`json` has something else than names for `text`"),
        ('row = "title"', "`row` has to be a list of columns"),
        ('row = ["title", "dtae"]', "`row` knows no column 'dtae'; did you mean 'date'"),
        ('row = ["date"]', "`row` has no column \"title\""),
        ('row = ["title", "date", "date"]', "`row` has the column 'date' twice"),
        ('row = ["title:30"]', "`row` gives 'title' a width; it takes what is left"),
        ('row = ["title", "note:3"]', "`row` gives 'note' a width; it takes what it needs"),
        ('row = ["title", "folder:x"]', "`row` has 'folder:x'; a width is a whole number from 2 to 60"),
        ('row = ["title", "date:4"]', "`row` has 'date:4'; a date takes 6 columns"),
        ('order = "dates"', "`order` cannot be 'dates'; did you mean 'date'"),
        ('grouping = "week"', "`grouping` cannot be 'week'; it is one of 'none', 'day', 'folder'"),
        ("keys = 1", "`keys` has to be a table"),
        ("[keys]\nstar = 1", "`keys` has something else than keys in quotes for `star`"),
        ("measure = ", "is no valid TOML"),
    ],
)
def test_a_wrong_value_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(written(tmp_path, text))


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_config_that_others_may_write_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(ConfigError, match="others may write to it"):
        load(written(tmp_path, "measure = 60", mode))


def test_bytes_that_are_no_text_are_an_error_in_words(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.write_bytes(b'db = "\xff"')
    with pytest.raises(ConfigError, match="is no valid TOML"):
        load(path)


def test_a_folder_in_its_place_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load(tmp_path)


def test_nothing_near_proposes_nothing() -> None:
    assert nearest("xyzzy", ("dark", "light")) == ""
    assert nearest("lihgt", ("dark", "light")) == "light"


def test_reading_the_config_imports_little() -> None:
    code = (
        "import sys; from pathlib import Path; import store.config_file as c; c.load(Path('/nonexistent'));"
        "print([m for m in ('textual', 'rich', 'tinydb', 'spacy', 'orjson', 'sqlite3') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('theme = "dark?."', "`theme` cannot be 'dark?.'; did you mean 'dark'?"),
        ("measure = 7", "`measure` has to be a whole number from 45 to 100."),
        ('[json]\ntilte = "x"', "`json` has no field `tilte`: did you mean `title`?"),
    ],
)
def test_what_a_message_names_stands_there_as_it_is(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "which one?.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: {said}"
