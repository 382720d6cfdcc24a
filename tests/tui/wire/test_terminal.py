"""What a terminal is able to do is taken from its name, also where this machine has no description of it."""

from __future__ import annotations

import pytest

from tui.wire.terminal import Abilities, abilities, has_all_colours


@pytest.mark.parametrize("name", [
    "alacritty", "alacritty-direct", "foot", "foot-extra", "xterm-kitty", "xterm-ghostty", "xterm-direct", "wezterm",
])  # fmt: skip
def test_terminals_of_all_colours_need_no_other_word_for_it(name: str) -> None:
    assert has_all_colours({"TERM": name})
    assert abilities({"TERM": name}) == Abilities()


@pytest.mark.parametrize("name", [
    "xterm", "xterm-256color", "tmux-256color", "screen", "linux", "vt100", "rxvt", "", "footer",
])  # fmt: skip
def test_others_get_the_colours_that_they_name(name: str) -> None:
    assert not has_all_colours({"TERM": name})


def test_an_old_terminal_is_asked_for_little() -> None:
    assert abilities({"TERM": "vt100"}) == Abilities(scrolls=True, erases_in_colour=False, erases_cells=False)
    assert not abilities({"TERM": "vt52"}).scrolls
