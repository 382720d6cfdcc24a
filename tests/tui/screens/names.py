"""What the tests of the screens of names share: getting to a name, to its page, and to a library of hostile names."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tui.screens.names.browser import EntitiesScreen
from tui.screens.names.likely import LikelyScreen
from tui.screens.names.page import EntityScreen

HOSTILE = (
    "[/] [red]Abe[/red] [@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J",
    "\u202eesrever \u2066bidi\u2069",
    "two\nlines\tand\u2028more",
    "日本" * 40,
    "$accent {name} %s \\",
)
"""Names that want to be markup, to command the terminal, to turn the line round, or to be very long."""


async def on_name(user, name: str = "Abe") -> None:  # type: ignore[no-untyped-def]
    """Open the user's own article and go to the first mention of somebody."""
    await user.own_article()
    await user.press("enter", "g", "g")
    for _ in range(60):
        await user.press("w")
        if user.main.reader.current is not None and name in user.main.reader.current.entity:
            return
    raise AssertionError(f"{name} is not in the article")


async def on_page(user, name: str = "Abe") -> EntityScreen:  # type: ignore[no-untyped-def]
    """Open the page of somebody, and wait for all of it."""
    await on_name(user, name)
    await user.press("enter")
    return await page(user)


async def page(user) -> EntityScreen:  # type: ignore[no-untyped-def]
    """Return the page in front, once all of it is there."""
    await user.until(lambda: isinstance(user.app.screen, EntityScreen), "page opened")
    shown: EntityScreen = user.app.screen
    await user.until(lambda: shown.card is not None and shown.mentioned and shown.together is not None, "page filled")
    await user.pilot.pause()
    return shown


async def browser(user) -> EntitiesScreen:  # type: ignore[no-untyped-def]
    """List all names, and wait for them."""
    await user.press("E")
    await user.until(lambda: isinstance(user.app.screen, EntitiesScreen) and user.app.screen.listed.choices, "names")
    shown: EntitiesScreen = user.app.screen
    return shown


async def likely(user) -> LikelyScreen:  # type: ignore[no-untyped-def]
    """Return the screen of likely pairs, once its first pair is there."""
    await user.until(lambda: isinstance(user.app.screen, LikelyScreen) and user.sees(" 1 of "), "a pair")
    shown: LikelyScreen = user.app.screen
    return shown


def lines(user) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the lines on screen, with single spaces."""
    return [" ".join(line.split()) for line in user.text().splitlines()]


def with_hostile_names(cache: Path, into: Path) -> None:
    """Copy a cache, and give its most named entities hostile names."""
    shutil.copytree(cache, into)
    for file in (into / "dateline").glob("library-*.sqlite3"):
        with sqlite3.connect(file) as db:
            rows = db.execute("SELECT id FROM entity WHERE kind <> 'number' ORDER BY articles DESC, mentions DESC")
            for (entity,), name in zip(rows.fetchall(), HOSTILE, strict=False):
                db.execute("UPDATE entity SET canonical = ? WHERE id = ?", (name, entity))
        db.close()


PLACES = {
    "russia": (60.0, 90.0, "RU"), "tokyo": (35.7, 139.7, "JP"), "moscow": (55.8, 37.6, "RU"),
    "nairobi": (-1.3, 36.8, "KE"),
    "rotterdam": (51.9, 4.5, "NL"),
}  # fmt: skip


def with_places(cache: Path, into: Path) -> None:
    """Copy a cache, and say of five places, and of no others, where they lie."""
    shutil.copytree(cache, into)
    for file in (into / "dateline").glob("library-*.sqlite3"):
        with sqlite3.connect(file) as db:
            db.execute("UPDATE entity SET latitude = NULL, longitude = NULL, country = NULL")
            for name, (lat, lon, country) in PLACES.items():
                db.execute(
                    "UPDATE entity SET latitude = ?, longitude = ?, country = ? WHERE kind = 'place' AND folded = ?",
                    (lat, lon, country, name),
                )
        db.close()


def with_hostile_places(cache: Path, into: Path) -> None:
    """Copy a cache, and give the places that lie somewhere hostile names."""
    with_places(cache, into)
    for file in (into / "dateline").glob("library-*.sqlite3"):
        with sqlite3.connect(file) as db:
            for place, name in zip(PLACES, HOSTILE, strict=False):
                db.execute("UPDATE entity SET canonical = ? WHERE kind = 'place' AND folded = ?", (name, place))
        db.close()


def with_hostile_pair(cache: Path, into: Path) -> None:
    """Copy a cache, and let two names that are likely the same end in what is hostile."""
    shutil.copytree(cache, into)
    for file in (into / "dateline").glob("library-*.sqlite3"):
        with sqlite3.connect(file) as db:
            db.execute(
                "UPDATE entity SET canonical = canonical || ? WHERE folded LIKE 'nairobi%'",
                (f" {HOSTILE[0]}{HOSTILE[1]}{HOSTILE[2]}",),
            )
        db.close()
