"""One key labels all that can be chosen on screen; its letters go there, and nothing moves under them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from store.config import Config
from tests.tui.screens.conftest import Driver
from tui.commands.command import Context
from tui.widgets.reader_passages import Passage

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


def label_of(user: Driver, place: int, *, pane: str = "reader", of: type = object) -> str:
    """Return the label of a place in a pane, of something of a type."""
    targets = user.main.status.hinting._targets.items()
    here = [(label, each) for label, each in targets if each.place == place and each.pane.id == pane]
    return next(label for label, each in here if isinstance(each.act.args[-1], of))


async def show_labels(user: Driver) -> None:
    """Press the key that labels, and wait until the links are known that have labels too."""
    await user.press(";")
    await user.until(lambda: user.main.status.hinting is not None, "labels")


async def reading(user: Driver) -> None:
    """Open the user's own article, its names known."""
    await user.own_article()
    await user.press("enter")
    await user.until(lambda: user.main.in_reader and user.main.reader.choosable, "names")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_name_is_gone_to_by_its_label_and_nothing_moves(run_app: RunApp, size: tuple[int, int]) -> None:
    async with run_app(size) as user:
        await reading(user)
        reader, before = user.main.reader, user.text()
        offset, name = reader.choosable[1]
        await show_labels(user)
        assert user.main.contexts()[0] is Context.HINTS and user.sees("type the letters of a label")
        shown = user.text().splitlines()
        # Letters lie over single cells; what is beside them is where it was.
        pairs = zip("".join(before.splitlines()[:-2]), "".join(shown[:-2]), strict=True)
        assert 0 < sum(a != b for a, b in pairs) < 160
        await user.press(*label_of(user, offset))
        assert reader.current == name and user.main.status.hinting is None
        await user.press("esc")
        await user.until(lambda: user.text().splitlines()[:-2] == before.splitlines()[:-2], "as it was")


async def test_a_row_a_note_a_word_found_and_a_view_are_gone_to(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await reading(user)
        await user.press("v", "enter")
        await user.until(lambda: user.main.reader.passages.all, "the highlight")
        start = user.main.reader.passages.all[0].start
        await user.press("esc")
        await show_labels(user)
        await user.press(*label_of(user, start, of=Passage))
        assert user.main.reader.passage is not None and user.main.reader.passage.start == start
        await user.press("esc", "/", *"islands", "enter")
        await user.until(lambda: user.main.reader.has_words)
        hit = next(at for at, each in user.main.reader.choosable if isinstance(each, int))
        await show_labels(user)
        await user.press(*label_of(user, hit))
        assert user.main.reader.current_hit is not None and user.main.reader.current_hit[0] == hit
        await user.press("h")
        await show_labels(user)
        key = user.main.articles.shown_keys()[0]
        await user.press(*label_of(user, key, pane="list"))
        assert user.main.opened.stored.key == key and user.main.in_reader
        await show_labels(user)
        await user.press(*label_of(user, 2, pane="views"))
        await user.until(lambda: user.main.view.name == "Starred")


async def test_letters_are_taken_back_and_other_keys_leave(run_app: RunApp) -> None:
    letters = ("a", "s", "d")
    async with run_app((120, 40), Config(keys={"hint.letter": letters})) as user:
        await reading(user)
        await show_labels(user)
        hinting = user.main.status.hinting
        assert {letter for label in hinting._targets for letter in label} == set(letters)
        label = max(hinting._targets, key=len)
        await user.press(label[0])
        assert user.sees(f"“{label[0]}…”", "left") and hinting.typed == label[0]
        await user.press("backspace")
        assert hinting.typed == "" and user.main.status.hinting is hinting
        await user.press("esc")
        assert user.main.status.hinting is None and user.main.in_reader
        # A key that is no letter of a label does what it does, and the labels go.
        await user.press(";", "pagedown")
        await user.until(lambda: user.main.status.hinting is None and user.main.reader.position > 0)
        await user.press(";", ";")
        assert user.main.status.hinting is None


async def test_typed_ahead_letters_find_their_labels(run_app: RunApp) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        await user.press(";", "a")
        await user.until(lambda: user.main.in_reader, "opened")
        assert user.main.opened.stored.key == user.main.articles.shown_keys()[0]
