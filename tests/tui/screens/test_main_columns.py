"""The list has the columns that the settings name, as far as there is room for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Config
from store.config_file import load


def configured(folder: Path, row: str) -> Config:
    path = folder / "config.toml"
    path.write_text(f"row = {row}\n", encoding="utf-8")
    path.chmod(0o600)
    return Config().replace(row=load(path).row)


@pytest.mark.parametrize(("size", "shown"), [((120, 40), False), ((80, 24), False), ((50, 20), True)])
async def test_columns_show_where_there_is_room(run_app, tmp_path: Path, size, shown) -> None:
    config = configured(tmp_path, '["date", "title", "file:14", "words", "digits", "note"]')
    async with run_app(size, config) as user:
        await user.own_article()
        rows = [line for line in user.text().splitlines() if "Amid China" in line or "Amid Ch" in line]
        assert rows and ("000_9df55ca59" in rows[0]) == (shown or user.main.articles.size.width > 38)
        assert "Amid China-b" in rows[0]


async def test_the_people_named_most_can_stand_in_a_row(run_app, tmp_path: Path) -> None:
    async with run_app((50, 20), configured(tmp_path, '["title", "people:20"]')) as user:
        await user.own_article()
        row = user.main.articles.current
        assert row.people and user.sees(row.people[0][:18])
