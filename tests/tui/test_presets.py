"""Each set of keys is whole: no keys begin others, and every command that has keys can be reached by them."""

from __future__ import annotations

import re

import pytest

from tui.commands.command import BELOW, TYPED, Command, Context
from tui.commands.keys import is_text, wrong_with
from tui.commands.presets import PRESETS
from tui.commands.registry import BY_ID, COMMANDS
from tui.keymap import Keymap

NAMES = tuple(PRESETS)
STATES = {Context.SELECTION, Context.NOTE}
"""States of the reader, which give some of its keys another meaning for a moment."""


def stacks() -> list[tuple[Context, ...]]:
    """Return every way in which contexts are asked."""
    return [(context, *BELOW.get(context, ())) for context in Context]


def pressed(keymap: Keymap, stack: tuple[Context, ...], keys: str) -> Command | None:
    *before, last = keys.split()
    return keymap.press(stack, tuple(before), last).command


@pytest.mark.parametrize("preset", NAMES)
def test_a_preset_names_commands_and_keys_that_there_are(preset: str) -> None:
    assert set(PRESETS[preset]) <= set(BY_ID)
    keymap = Keymap({"preset": preset})
    for command in COMMANDS:
        for keys in keymap.keys_of(command):
            assert wrong_with(keys) == "", f"{command.id}: {wrong_with(keys)}"
            assert not (TYPED & set(command.contexts) and is_text(keys.split()[0])), command.id


@pytest.mark.parametrize("preset", NAMES)
def test_no_keys_begin_others_where_both_work(preset: str) -> None:
    keymap = Keymap({"preset": preset})
    for stack in stacks():
        bound = [
            tuple(keys.split())
            for command in COMMANDS
            if set(stack) & set(command.contexts)
            for keys in keymap.keys_of(command)
        ]
        for keys in bound:
            assert not [other for other in bound if other != keys and other[: len(keys)] == keys], (stack, keys)


@pytest.mark.parametrize("preset", NAMES)
def test_every_command_is_reached_by_a_key_wherever_it_works(preset: str) -> None:
    keymap = Keymap({"preset": preset})
    for stack in stacks():
        if stack[0] in STATES:
            stack = (stack[0],)
        for command in COMMANDS:
            keys = keymap.keys_of(command)
            if keys and set(stack) & set(command.contexts):
                found = [pressed(keymap, stack, one) for one in keys]
                assert command in found, f"{command.id} is hidden in {stack} by {found}"


@pytest.mark.parametrize("preset", NAMES)
def test_a_preset_leaves_no_command_without_keys_that_has_some(preset: str) -> None:
    keymap = Keymap({"preset": preset})
    assert not [command.id for command in COMMANDS if command.keys and not keymap.keys_of(command)]


@pytest.mark.parametrize("preset", NAMES)
def test_nothing_needs_alt_or_a_function_key(preset: str) -> None:
    keymap = Keymap({"preset": preset})
    for command in COMMANDS:
        plain = [one for one in keymap.keys_of(command) if not re.search(r"alt\+|\bf\d", one)]
        assert plain or not keymap.keys_of(command), command.id


@pytest.mark.parametrize("preset", NAMES)
def test_what_has_no_key_can_be_chosen_by_its_name(preset: str) -> None:
    keymap = Keymap({"preset": preset})
    assert all(command.palette or command.words for command in COMMANDS if not keymap.keys_of(command))


def test_the_keys_that_newsboat_has_do_what_they_do_there() -> None:
    keymap = Keymap({"preset": "newsboat"})
    there = {
        Context.LIST: {
            "enter": "open.reader", "q": "run.quit", "Q": "run.quit", "n": "find.next", "p": "find.previous",
            "J": "open.next-article", "K": "open.previous-article", "N": "mark.read", "A": "mark.all-read",
            "/": "find.filter-here", "F": "find.filter", "ctrl+f": "find.clear", "f": "view.choose", "g": "list.order",
            "G": "list.order", "r": "view.refresh", "|": "run.pipe", ":": "help.palette", "?": "help.keys",
            "ctrl+e": "tag.edit", "ctrl+l": "run.redraw",
        },
        Context.READER: {
            "q": "open.list", "Q": "run.quit", "n": "find.next", "p": "find.previous", "J": "open.next-article",
            "N": "mark.read", "u": "link.list", "/": "find.text", "space": "read.page",
            "b": "move.page-up", "|": "run.pipe",
        },
    }  # fmt: skip
    for context, keys in there.items():
        for key, command_id in keys.items():
            found = pressed(keymap, (context, *BELOW[context]), key)
            assert found is not None and found.id == command_id, (context, key, found)


def test_the_users_own_keys_go_over_the_preset() -> None:
    keymap = Keymap({"preset": "newsboat", "mark.read": ["R", "N"], "view.refresh": "r"})
    assert keymap.keys_of(BY_ID["mark.read"]) == ("R", "N")
    assert keymap.preset_keys_of(BY_ID["mark.read"]) == ("N",)
    assert keymap.is_own(BY_ID["mark.read"]) and not keymap.is_own(BY_ID["mark.star"])
