"""`dateline keys` lists what can be bound and how it is; the settings take what it writes, and mistakes are told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from store import paths
from tests.tui.cli.conftest import Dateline
from tui.commands.presets import PRESETS
from tui.commands.registry import COMMANDS
from tui.keymap import Keymap


def settings(text: str) -> Path:
    file = paths.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_it_lists_every_command_and_marks_what_is_yours(dateline: Dateline) -> None:
    settings('[keys]\n"mark.star" = ["X", "g s"]\n')
    ran = dateline("keys")
    assert ran.code == 0
    assert all(any(command.id in line.split()[:2] for line in ran.lines) for command in COMMANDS)
    (star,) = [line for line in ran.lines if "mark.star" in line]
    assert star.split()[:5] == ["*", "mark.star", "X", "g", "s"] and "(anywhere)" in star
    narrowed = [line for line in dateline("keys", "history", "undo").lines if "undo." in line]
    assert [line.split()[0] for line in narrowed] == ["undo.history"]
    assert dateline("keys", "no such words").code == 1


@pytest.mark.parametrize("preset", list(PRESETS))
def test_what_it_writes_as_settings_is_what_is_in_effect(dateline: Dateline, preset: str) -> None:
    written = tomllib.loads(dateline("keys", "--preset", preset, "--format", "toml").out)["keys"]
    there, here = Keymap(written), Keymap({"preset": preset})
    assert there.preset == preset and len(written) == len(COMMANDS) + 1
    assert all(there.keys_of(command) == here.keys_of(command) for command in COMMANDS)


def test_json_tells_the_keys_of_the_preset_beside_yours(dateline: Dateline) -> None:
    settings('[keys]\npreset = "newsboat"\n"mark.read" = []\n')
    found = json.loads(dateline("keys", "--format", "json").out)
    read = next(one for one in found["commands"] if one["id"] == "mark.read")
    assert found["preset"] == "newsboat" and found["schema"] == 1
    assert (read["keys"], read["preset_keys"], read["own"], read["where"]) == ([], ["N"], True, ["anywhere"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('preset = "newsboot"', "did you mean 'newsboat'?"),
        ('preset = "emacs"', "there are vi and newsboat"),
        ('preset = ["vi"]', "one name in quotes"),
        ('"mark.stars" = "x"', "“mark.stars” is no command; did you mean “mark.star”?"),
        ('"quux" = "x"', "`dateline keys --preset vi` lists all"),
        ('"mark.star" = "r"', "“r” means both mark.star and mark.read"),
        ('"mark.star" = "g"', "no keys may begin others"),
        ('"mark.star" = "gg"', "did you mean “g g”?"),
        ('"mark.star" = "\\u001b[2J"', "holds a character that no key writes"),
        ('"prompt.complete" = "x"', "“x” is text in the prompt"),
        ('"rows.close" = []', "there is no other way out"),
        ('"mark.star" = 5', "`mark.star`"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_what_to_write(dateline: Dateline, line: str, words: str) -> None:
    file = settings(f"[keys]\n{line}\n")
    ran = dateline("keys")
    assert ran.code == 2 and words in ran.talk and str(file) in ran.talk and "\x1b" not in ran.talk
    assert dateline("keys", "--preset", "vi", "mark.star").code == 0
