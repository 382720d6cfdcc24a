"""From bytes to text: byte order mark, declaration, UTF-8, a detector; what is no text is refused."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"(\xb5/\xfd", "compressed with Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a video"),
)
_PRINTABLE_MAGIC = (b"BZh", b"ID3", b"OggS", b"fLaC")
"""Beginnings that are also words; they count only where bytes follow that no text has."""

_BINARY = bytes([*range(8), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
"""Control bytes; tab, line ends, backspace and ESC are left out, since terminal output is text."""

_CONTROLS = re.compile("[\x00-\x07\x0e-\x1a\x1c-\x1f]")

_WINDOWS_LETTERS = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[a-z])")
_DOS_LETTERS = re.compile(rb"(?<=[A-Za-z])[\x80-\x91\x93-\xa8](?=[a-z])")

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)

_WIDENED = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
"""Declared and guessed names stand for the superset that writers really used, as in the WHATWG standard."""

_TRUSTED_WORDS = """
    utf-8 big5 big5hkscs gb18030 hz euc_jp cp932 iso2022_jp iso2022_jp_2 iso2022_kr cp949 johab euc_jis_2004
    shift_jis_2004 shift_jisx0213 koi8-r koi8-u mac-roman mac-cyrillic mac-greek mac-
    latin2 mac-turkish mac-iceland cp437 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862
    cp863 cp864 cp865 cp866 cp869 cp874 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257
    cp1258 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13
    iso8859-14 iso8859-15 iso8859-16
"""
_TRUSTED = frozenset(_TRUSTED_WORDS.split())
"""The only codecs a file may ask for: Python also knows codecs that unpack, escape or compress."""


class NotText(ValueError):  # noqa: N818 - a state, named as the user is told of it
    """The bytes are no text; the message is a sentence for the user."""


class Decoded(NamedTuple):
    """A text and the encoding it was read with; the name ends in `?` where it was guessed."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Read bytes as text, whatever it takes.

    Raises:
        NotText: the bytes are an image, an archive, a program, or have too many control characters.
    """
    refuse_known_binary(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(Decoded(data[len(mark) :].decode(encoding, "replace"), encoding))
    wide = _without_mark(data)
    if wide is not None:
        return _checked(wide)
    nuls = data.count(0)
    if nuls * 1000 > len(data) or (len(data) - len(data.translate(None, _BINARY))) * 10 > len(data):
        raise NotText("This is not text: it holds NUL or other control bytes.")
    return _checked(_declared(data) or _escaped(data) or _unicode(data) or _guessed(data))


def refuse_known_binary(head: bytes) -> None:
    """Refuse what its first bytes give away.

    Raises:
        NotText: the message says what it is.
    """
    for magic, what in _MAGIC:
        if head.startswith(magic) and not (magic in _PRINTABLE_MAGIC and _plain(head[:512])):
            raise NotText(f"This is not text but {what}.")
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")):
        raise NotText("This is not text but an image, a sound or a video.")


def _plain(head: bytes) -> bool:
    return head.translate(None, _BINARY) == head and b"\xff" not in head


def _without_mark(data: bytes) -> Decoded | None:
    """Recognise UTF-16 and UTF-32 by where their NULs lie."""
    head = data[:4096]
    if len(head) < 4 or 0 not in head:
        return None
    quarter = len(head) // 4
    zeros = [head[i::4].count(0) for i in range(4)]
    if len(data) % 4 == 0 and quarter:
        if min(zeros[2:]) == quarter and zeros[0] < quarter / 10:
            return _strict(data, "utf-32-le")
        if min(zeros[:2]) == quarter and zeros[3] < quarter / 10:
            return _strict(data, "utf-32-be")
    even, odd, half = zeros[0] + zeros[2], zeros[1] + zeros[3], len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return _strict(data[: len(data) // 2 * 2], "utf-16-le")
    if even > half * 0.4 and odd < half * 0.05:
        return _strict(data[: len(data) // 2 * 2], "utf-16-be")
    return None


def _strict(data: bytes, encoding: str, *, guessed: bool = True) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding + "?" * guessed)
    except (UnicodeDecodeError, ValueError):
        return None


def _trusted(name: str) -> str:
    """Return the codec to use for a name found in a file or made by the detector; empty: none."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    codec = _WIDENED.get(codec, codec)
    return codec if codec in _TRUSTED else ""


def _declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:2048])
    if match is None:
        return None
    codec = _trusted((match[1] or match[2]).decode("ascii"))
    return _strict(data, codec, guessed=False) if codec else None


def _escaped(data: bytes) -> Decoded | None:
    """Japanese and Korean mail encodings are made of ESC sequences and are valid UTF-8 as well."""
    if b"\x1b" not in data:
        return None
    codec = _detect(data)
    return _strict(data, codec) if codec.startswith("iso2022") else None


def _unicode(data: bytes) -> Decoded | None:
    exact = _strict(data, "utf-8", guessed=False)
    if exact is not None:
        return exact
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    # Damaged UTF-8 is still UTF-8: in any other encoding valid sequences are a rare accident.
    return Decoded(text, "utf-8?") if good >= 3 * bad else None


def _guessed(data: bytes) -> Decoded:
    codec = _detect(data)
    if codec.startswith(("cp4", "cp8", "mac")) and codec != "cp874" and _looks_western(data):
        codec = "cp1252"
    if codec:
        exact = _strict(data, codec)
        if exact is not None:
            return exact
    return Decoded(data.decode("cp1252", "replace"), "cp1252?")


def _looks_western(data: bytes) -> bool:
    """Tell Windows text from DOS and Macintosh text, which the detector confuses when accents are few.

    In Windows text letters are bytes from C0 and stand in words; what lies below A0 is quotes and dashes.
    """
    sample = data[:200_000]
    return len(_WINDOWS_LETTERS.findall(sample)) > len(_DOS_LETTERS.findall(sample))


def _detect(data: bytes) -> str:
    import chardet

    found = chardet.detect(data[:200_000])["encoding"]
    return _trusted(found) if found else ""


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what is mostly control characters once it is decoded."""
    text = decoded.text
    sample = text if len(text) <= 40_000 else text[:20_000] + text[-20_000:]
    controls = len(_CONTROLS.findall(sample))
    damaged = sample.count("\ufffd")
    if controls * 10 > len(sample) or damaged * 3 > len(sample):
        raise NotText("This is not text: it holds too many control or unreadable characters.")
    return decoded
