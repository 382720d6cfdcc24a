"""The list of what could not be shown names each file in full, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Config
from store.library import Library
from tests.tui.screens.conftest import Driver
from tui.app import ReaderApp
from tui.commands.registry import BY_ID
from tui.screens.main import problems
from tui.widgets.choice_list import ChoiceList


def unreadable(folder: Path, *names: str) -> Library:
    """Return a library whose files hold no text."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(bytes(range(32)) * 20)
    library = Library.open([folder], Config(), annotations=folder.parent / "db.json")
    assert library.bring_up_to_date() == ""
    library.close()
    return Library.open([folder], Config(), annotations=folder.parent / "db.json")


async def rows(user: Driver) -> list[str]:
    """Open the list, and return what stands in it."""
    await user.until(lambda: user.main.library.annotations_ready)
    user.app.perform(BY_ID["run.problems"])
    await user.until(lambda: user.sees("Could not be shown"), "the list")
    return [row.text for row in user.app.screen.query_one(ChoiceList).choices]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_long_path_and_its_reason_are_told_whole(tmp_path: Path, drive, size) -> None:
    folder = tmp_path / "-".join(["a-folder-with-a-long-name-as-archives-have-them"] * 3)
    async with ReaderApp(unreadable(folder, "minutes.txt"), index=False).run_test(size=size) as pilot:
        user = drive(pilot)
        told = await rows(user)
        path, reason = [line for line in told if line[:1] != " "], [line for line in told if line[:1] == " "]
        assert "".join(path) == str(folder / "minutes.txt")
        assert " ".join(" ".join(reason).split()).startswith("This is not text")
        shown = user.text().splitlines()
        assert all(any(line in there for there in shown) for line in told[-5:]), "and none is cut"


async def test_of_very_many_the_first_are_listed_and_the_others_counted(tmp_path: Path, drive, monkeypatch) -> None:
    monkeypatch.setattr(problems, "MOST", 2)
    library = unreadable(tmp_path / "scans", *(f"{name}.txt" for name in "abcd"))
    async with ReaderApp(library, index=False).run_test(size=(80, 24)) as pilot:
        told = await rows(drive(pilot))
        assert "b.txt" in "".join(told) and "c.txt" not in "".join(told)
        assert told[-1] == "and 2 more: `dateline doctor` names them all"
