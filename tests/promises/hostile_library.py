"""A small library in which all that was written by others, or by hand into a file, wants to steer the terminal."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from pty_driver import command

from store.article import EntityKey
from store.config import Config
from store.library import (
    AssignDigit,
    CorrectionKind,
    CorrectName,
    JoinEntities,
    Library,
    SaveNote,
    SaveSearch,
    Scope,
    Tag,
    TagEntity,
    WriteEntityNote,
    make_anchor,
)

FORGED = "38;2;201;7;99"
"""A colour that no theme uses."""
EVIL = (
    f"[@click=app.quit]x[/] \x1b]0;forged\x07\x1b[{FORGED}m\u009b2J\x1b]52;c;cm0=\x07 \u202eevil\u2066 [/]\n"
    "[link=file:///etc/passwd]y[/link] $accent\x08\x7f\r\x1b[?1049l\x1bc"
)
"""What a terminal obeys, what Rich and Textual take for markup and for actions, and what turns a line round."""
SHOWN = r"\[@click"
"""Stands on a screen where markup is shown as it was written."""
HOLDER = "zzevil"
"""Stands for it where our own code writes, which does not take such words."""

NAMES = """[PERSON]
names = ["Shinzo Abe", "Sergei Lavrov", "Sergey Lavrov", "Fumio Kishida", "[@click=app.quit]Zed[/]"]
[GPE]
names = ["Tokyo", "Moscow", "Oslo"]
"""
PAGE = f"""<html lang="en"><head><title>Page {EVIL}</title><meta name="author" content="{EVIL}">
<link rel="canonical" href="https://example.org/{EVIL}"></head><body><article><h1>Page {EVIL}</h1>
<p>Shinzo Abe went <a href="https://example.org/{EVIL}">away {EVIL}</a> to Oslo, and it was said so for a long time.</p>
<p>See https://example.org/{EVIL} and <a href="javascript:{EVIL}">this</a>, which nobody had seen.</p>
</article></body></html>"""
_TITLE = "[@click=app.quit]x[/] \u202eevil\u009b2J"
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>{_TITLE}</title><item><title>Item {_TITLE}</title>
<link>https://example.org/{_TITLE}</link><description>Tokyo {_TITLE}</description></item></channel></rss>"""
"""Of characters that XML allows."""


def make(base: Path) -> Path:
    """Write the articles, what was noted on them, and their index, in the test's home; returns their folder."""
    folder = base / "articles"
    folder.mkdir()
    talk = "Shinzo Abe met Sergei Lavrov in Tokyo. Sergey Lavrov was in Moscow. Fumio Kishida, [@click=app.quit]Zed[/]"
    pages = {
        b"talks.txt": f"Talks {EVIL}\n\n{talk}\n\nThen: {EVIL} See https://example.org/{EVIL} too.\n\n{talk}\n",
        b"changed.txt": "Changed\n\nThe old words stand here for a while. Nothing else is said.\n",
        b"esc\x1b[" + FORGED.encode() + b"m\nline [@click=app.quit]x \xff.txt": f"Named {EVIL}\n\n{talk}\n",
        b"feed.xml": FEED,
        b"broken\x1b]0;forged\x07[@click=app.quit].epub": "no archive",
    }
    for name, text in pages.items():
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text, encoding="utf-8")
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline"
    config.mkdir(parents=True, exist_ok=True)
    (base / "names.toml").write_text(NAMES, encoding="utf-8")
    (config / "config.toml").write_text(f'names = "{base}/names.toml"\n')
    _annotate(folder)
    _speak_evil(Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")  # new to the rule
    changed = folder / "changed.txt"
    changed.write_text(changed.read_text().replace("old words", f"new {EVIL} words"), encoding="utf-8")
    done = command("index", folder)
    assert done.returncode == 0, done.stderr
    _name_evil(Path(os.environ["XDG_CACHE_HOME"]) / "dateline")
    return folder


def _annotate(folder: Path) -> None:
    with Library.open([folder], Config()) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        targets = {row.title.split()[0]: library.target(row.key) for row in library.first_page()}
        talks, changed = targets["Talks"], targets["Changed"]
        for one in (
            Tag((talks, changed), add=(HOLDER, f"{HOLDER}/below")),
            AssignDigit(1, HOLDER),
            SaveNote(changed, HOLDER, anchor=make_anchor("The old words stand", 4, 13), tags=(HOLDER,)),
            SaveNote(talks, f"> {HOLDER}\n\n- [{HOLDER}](http://{HOLDER})", tags=(HOLDER,)),
            SaveSearch(HOLDER, f"abe {HOLDER}", pinned=True, tags=(HOLDER,)),
            SaveSearch(f"{HOLDER} rule", "went", tags=(HOLDER,)),
            TagEntity(EntityKey("person:shinzo abe"), HOLDER, "person", (HOLDER,)),
            WriteEntityNote(EntityKey("person:shinzo abe"), HOLDER, "person", HOLDER),
            JoinEntities(((EntityKey("person:fumio kishida"), HOLDER),), EntityKey("person:shinzo abe"), HOLDER),
            CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, HOLDER, old_label="PERSON"),
        ):
            library.change(one).result()
        first = library.change(SaveNote(talks, "first")).result().note
        library.change(SaveNote(talks, f"mine {HOLDER}", first, 1)).result()
        assert library.change(SaveNote(talks, f"yours {HOLDER}", first, 1)).result().conflict


def _speak_evil(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(HOLDER) > 30
    file.write_text(text.replace(HOLDER, json.dumps(EVIL)[1:-1]), encoding="utf-8")


def _name_evil(cache: Path) -> None:
    for file in cache.glob("library-*.sqlite3"):
        with sqlite3.connect(file) as db:
            db.execute("UPDATE entity SET canonical = canonical || ?", (EVIL,))
        db.close()
