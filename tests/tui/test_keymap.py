"""Keys mean one thing, sequences need no clock, and the user's own keys are checked."""

from __future__ import annotations

import pytest

from store.errors import ConfigError
from tui.commands.command import Context
from tui.commands.registry import BY_ID, COMMANDS
from tui.keymap import Keymap, key_name

PANES = (Context.LIST, Context.READER, Context.PANEL)


def test_the_default_keys_have_one_meaning_each() -> None:
    keymap = Keymap()
    for pane in PANES:
        for command in COMMANDS:
            if pane in command.contexts or Context.MAIN in command.contexts:
                for keys in command.keys:
                    *before, last = keys.split()
                    assert keymap.press((pane, Context.MAIN), tuple(before), last).command is command


def test_no_binding_is_the_beginning_of_another() -> None:
    for pane in PANES:
        bound = [
            tuple(keys.split())
            for command in COMMANDS
            if {pane, Context.MAIN} & set(command.contexts)
            for keys in command.keys
        ]
        for keys in bound:
            assert not [other for other in bound if other != keys and other[: len(keys)] == keys]


def test_a_sequence_waits_for_its_second_key_and_forgets_a_wrong_one() -> None:
    keymap = Keymap()
    contexts = (Context.READER, Context.MAIN)
    assert keymap.press(contexts, (), "g").waiting
    found = keymap.press(contexts, ("g",), "g").command
    assert found is not None and found.id == "move.start"
    assert keymap.press(contexts, ("g",), "x") == keymap.press(contexts, (), "§")


def test_the_users_keys_replace_the_default_ones() -> None:
    keymap = Keymap({"mark.star": ("*",), "mark.all": ("g a",)})
    contexts = (Context.LIST, Context.MAIN)
    star = keymap.press(contexts, (), "*").command
    assert star is not None and star.id == "mark.star"
    assert keymap.press(contexts, (), "s").command is None


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"mark.stars": ("x",)}, "mark.star"),
        ({"mark.star": ("r",)}, "mark.read"),
        ({"mark.star": ("g",)}, "begins"),
    ],
)
def test_wrong_keys_are_explained(own: dict[str, tuple[str, ...]], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Keymap(own)


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [("question_mark", "?", "?"), ("space", " ", "space"), ("escape", "\x1b", "esc"), ("J", "J", "J"),
     ("ctrl+d", "\x04", "ctrl+d"), ("enter", "\r", "enter"), ("right_square_bracket", "]", "]")],
)  # fmt: skip
def test_keys_are_named_as_commands_name_them(key: str, character: str, name: str) -> None:
    assert key_name(key, character) == name


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ctrl+shift+ä", "no key that a terminal can send"),
        ("ctrl+1", "no key that a terminal can send"),
        ("alt+x", "a slow line tears apart; did you mean “ctrl+x”?"),
        ("M-x", "needs Alt"),
        ("^F", "“ctrl+f”"), ("C-f", "“ctrl+f”"), ("<C-f>", "“ctrl+f”"), ("Ctrl+F", "“ctrl+f”"),
        ("Enter", "“enter”"), ("PgDn", "“pagedown”"), ("escape", "“esc”"), ("slash", "“/”"),
        ("ctrl+i", "cannot be told from “tab”"), ("ctrl+m", "cannot be told from “enter”"),
        ("shift+j", "“J”"), ("shift+1", "as the character that it gives"),
        ("]p", "“] p”"), (" ", "“space”"), ("", "an empty list"), ("g Enter", "“enter”"), ("xyzzy", "ctrl+d"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_pressed_is_refused_with_what_was_meant(key: str, words: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Keymap({"mark.star": key})
    assert words in str(refused.value) and "mark.star" in str(refused.value)


@pytest.mark.parametrize("key", ["ä", "é", "日", "f5", "ctrl+a", "ctrl+pageup", "shift+left", "ctrl+@", "ö ö"])
def test_any_key_that_a_terminal_sends_can_be_bound(key: str) -> None:
    assert Keymap({"mark.star": key}).keys_of(BY_ID["mark.star"]) == (key,)


def test_every_command_can_be_given_any_free_key_or_lose_its_keys_but_for_ways_out() -> None:
    kept = []
    for command in COMMANDS:
        own = Keymap({command.id: ["ctrl+@"]})
        found = own.press(command.contexts, (), "ctrl+@").command
        assert found is command
        try:
            assert Keymap({command.id: []}).keys_of(command) == ()
        except ConfigError as refused:
            assert "way out" in str(refused)
            kept.append(command.id)
    assert {"rows.close", "overlay.close", "choice.close", "prompt.cancel", "note.save"} <= set(kept)
    assert all(one.endswith((".close", ".cancel", ".take", "note.save")) for one in kept)
