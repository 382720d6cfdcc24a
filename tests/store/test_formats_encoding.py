"""Encodings: read whatever was written, say what was guessed, refuse what is no text."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.formats.encoding import NotText, decode

ARTICLE = "Café talks\n\nForeign Minister Sergei Lavrov met Fumio Kishida in Tokyo. “Quoted” China’s power.\n"
RUSSIAN = "Министр иностранных дел Сергей Лавров прибыл в Токио для переговоров с японской стороной.\n" * 3
JAPANESE = "岸田文雄外相は東京でラブロフ外相と会談した。両国は経済協力を進めることで一致した。\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    text, name = decode(ARTICLE.encode(encoding))
    assert text == ARTICLE
    assert not name.endswith("?")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_recognised(encoding: str) -> None:
    assert decode(ARTICLE.encode(encoding)) == (ARTICLE, f"{encoding}?")


def test_utf_8_is_certain() -> None:
    assert decode((ARTICLE + RUSSIAN + JAPANESE).encode()) == (ARTICLE + RUSSIAN + JAPANESE, "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARTICLE, "cp1252"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso2022-jp"),
        ("中国外交部长王毅在北京会见记者。" * 5, "gb18030"),
    ],
)
def test_older_encodings_are_guessed_and_the_guess_is_marked(text: str, encoding: str) -> None:
    found, name = decode(text.encode(encoding))
    assert found == text
    assert name.endswith("?")


def test_a_declared_encoding_is_believed_when_it_fits() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Токио</body></html>'
    assert decode(page.encode("cp1251")) == (page, "cp1251")


def test_a_declared_encoding_that_does_not_fit_is_not_believed() -> None:
    page = '<meta charset="utf-8"><p>Zürich und Genf: Größe, Maß, Übergang, schön</p>'
    text, name = decode(page.encode("cp1252"))
    assert name.endswith("?")
    assert "rich und Genf" in text


@pytest.mark.parametrize("name", ["zip", "rot13", "utf-7", "unicode_escape", "idna", "../x"])
def test_a_file_cannot_ask_for_a_codec_that_transforms(name: str) -> None:
    assert decode(f'<meta charset="{name}">+AHg- \\x41'.encode()).encoding == "utf-8"


def test_damaged_utf_8_stays_utf_8() -> None:
    text, name = decode(RUSSIAN.encode()[:-3])
    assert text.startswith("Министр")
    assert name == "utf-8?"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        gzip.compress(b"x" * 500, mtime=0),
        b"%PDF-1.7\n",
        b"PK\x03\x04....",
        b"\x7fELF\x02",
        random.Random(1).randbytes(65_536),
        b"a\0b\0\0\0\0c" * 10,
        bytes(range(1, 9)) * 40,
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotText, match=r"^This is not text.*\.$"):
        decode(data)


def test_terminal_captures_and_manual_pages_are_text() -> None:
    assert decode(b"N\x08NA\x08AM\x08ME\x08E \x1b[1mbold\x1b[0m\n" * 3).encoding == "utf-8"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, name = decode(data)
    except NotText as refusal:
        assert str(refusal).endswith(".")
    else:
        assert isinstance(text, str)
        assert name
