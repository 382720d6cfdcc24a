"""The user's own names are read strictly and stand above the model's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entities.link import link
from store.entities.names import OwnName, read_names, spellings
from store.entities.own_names import OwnNames
from store.entities.recognizer import Recognizer
from store.errors import ConfigError

_GOOD = {
    "names.toml": '[PERSON]\nnames = ["Kishida Fumio"]\n\n[ORG]\nnames = ["Two  Plus Two"]\n',
    "tables.toml": '[[names]]\nname = "Kishida Fumio"\nlabel = "PERSON"\n'
    '[[names]]\nname = "Two Plus Two"\nlabel = "ORG"\n',
    "names.csv": "# mine\nname,label\nKishida Fumio, PERSON\n\n\"Two Plus Two\",ORG\n",
    "names.tsv": "Kishida Fumio\tPERSON\nTwo Plus Two\tORG\nTwo Plus Two\tORG\n",
}  # fmt: skip


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", _GOOD)
def test_every_format_gives_the_same_names(name: str, tmp_path: Path) -> None:
    path = _file(tmp_path, name, _GOOD[name])
    assert read_names(path) == (OwnName("Kishida Fumio", "PERSON"), OwnName("Two Plus Two", "ORG"))


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("a.toml", '[ORG]\nnames = ["x1"]\n[PERSN]\nnames = ["y"]\n', 3, "unknown label 'PERSN'"),
        ("a.toml", '[ORG]\nnames = ["ok"]\nname = "x"\n', 1, "names = ["),
        ("a.toml", '[ORG]\nnames = [\n"ok",\n"--"\n]\n', 4, "is no name"),
        ("a.toml", '[ORG]\nnames = [\n"ok",\n7]\n', 4, "is no name"),
        ("a.toml", "[ORG]\nnames = [\n", 2, "no valid TOML"),
        ("a.toml", '[[names]]\nname="A"\nlabel="ORG"\n[[names]]\nname="B"\n', 4, "`name` and `label`"),
        ("a.toml", '[ORG]\nnames=["Kurils"]\n[LOC]\nnames=["Kurils"]\n', 4, "LOC here and ORG on line 2"),
        ("a.csv", "A1,ORG\n\nB2,ORGS\n", 3, "unknown label 'ORGS'"),
        ("a.csv", "A1,ORG\nB2\n", 2, "1 columns"),
        ("a.tsv", "A1\tORG\nB2,ORG\n", 2, "a tab"),
        ("a.csv", 'A1,ORG\n"B2"x,ORG\n', 2, ""),
    ],
)
def test_a_wrong_line_is_named_with_its_file(
    name: str, content: str, line: int, says: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, name, content)
    with pytest.raises(ConfigError) as raised:
        read_names(path)
    message = str(raised.value)
    assert str(path) in message and f"line {line}" in message and says in message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", _file(tmp_path, "latin.csv", b"Caf\xe9,ORG\n")):
        with pytest.raises(ConfigError, match=path.name):
            read_names(path)


@given(st.text(alphabet=st.sampled_from("a'’é\u0301e "), min_size=1, max_size=12))
def test_a_term_is_one_of_its_spellings(term: str) -> None:
    assert spellings(term) & {term, *spellings(term.replace("’", "'"))}
    assert 1 <= len(spellings(term)) <= 6


def test_own_names_win_over_the_model_and_over_linking(tmp_path: Path, recogniser: Recognizer) -> None:
    path = _file(
        tmp_path, "mine.csv", "Kishida,PRODUCT\nOffice of Sergei Lavrov,ORG\nzumbara,GPE\nO'Neil's,ORG\n"
    )
    own = OwnNames(read_names(path))
    text = (
        "Fumio Kishida met the Office of Sergei Lavrov in zumbara.\n\nKishida then went to O’Neil’s in Tokyo."
    )
    linked = link(text, (), own.over(text, recogniser.recognise(text)), own.names)
    assert {(text[m.start : m.end], m.label) for m in linked} >= {
        ("Office of Sergei Lavrov", "ORG"), ("zumbara", "GPE"), ("Kishida", "PRODUCT"), ("O’Neil’s", "ORG"),
        ("Tokyo", "GPE"),
    }  # fmt: skip
