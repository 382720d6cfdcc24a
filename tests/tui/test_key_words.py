"""A message that names a key names the one that the user has: no key stands in the words themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.commands.footer import help_of
from tui.commands.registry import BY_ID, COMMANDS

TUI = Path(__file__).parents[2] / "tui"
_ELSEWHERE = {"commands", "cli", "linear", "serving", "__main__.py", "keymap.py", "presets.py"}
SHOWN = [path for path in TUI.rglob("*.py") if path.relative_to(TUI).parts[0] not in _ELSEWHERE]
"""What has words for the screen; declarations name default keys, and the other modes have none of the screen's."""

NAMED = sorted({key for command in COMMANDS for key in command.keys if len(key) > 1 and " " not in key})
KEY = "|".join([*map(re.escape, NAMED), "[A-HJ-Za-z?/*#<>=+]", "[][] [a-z]", "g [gm]"])
SAYS = re.compile(
    # Not within a word, a path, an address, a style or a quotation.
    rf"(?:(?<![\w$.<>=/’'“+-])(?:(?:{KEY}) (?:[a-z]{{2,}}s|again)\b(?! a bar)|(?:{KEY}): \w)"
    rf"|\b(?:press|with|by) (?!a )(?:{KEY})(?=[\s,;.:]|$)|, then (?:{KEY})(?!\w))"
)
"""A key and what it does: `t lets one tag`, `press u`, `v, then P`."""

MEANT = {
    "tui/screens/main/filtering.py": "* finds them, too",  # a sign of the query language
    "tui/screens/key_words.py": "esc shows all again",  # said only where escape is such a key
    "tui/screens/tags.py": "enter merges",  # the line's own key, which no command has
}


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a file that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.lineno, node.value


def literal_keys(text: str) -> list[str]:
    """Return where words name a key by itself."""
    return [] if "{" in text and ";" in text and ":" in text and "\n" in text else SAYS.findall(text)


def test_no_message_names_a_key_that_its_user_may_have_moved() -> None:
    found = [
        f"{name}:{line}: {text!r}: take the key from key_of(screen, command)"
        for path in SHOWN
        if (name := path.relative_to(TUI.parent).as_posix())
        for line, text in words_of(path)
        if literal_keys(text.replace(MEANT.get(name, "\0"), ""))
    ]
    assert found == []


def test_what_the_help_says_of_a_command_names_no_key_either() -> None:
    assert [one.id for one in COMMANDS for text in (one.title, one.help, one.footer) if literal_keys(text)] == []
    swapped = {"notes.undo": ("F2",), "search.rules": ()}
    told = help_of(BY_ID["notes.delete"], lambda one: swapped.get(one.id, one.keys))
    assert told == "F2 brings it back."
    assert "“Let your rules tag" in help_of(BY_ID["searches.tags"], lambda one: swapped.get(one.id, one.keys))
    for command in COMMANDS:
        assert "{" not in help_of(command, lambda one: one.keys)


@pytest.mark.parametrize(
    "message",
    ["no rules yet; t lets one tag", "esc shows all again", "u again undoes it", "press u", "] n goes on", "v, then P",
     "ctrl+c stops it", "tab: what was before", "the list is not grouped; O groups it"],
)  # fmt: skip
def test_a_key_in_words_is_seen(message: str) -> None:
    assert literal_keys(message)


@pytest.mark.parametrize("message", ["a tag that is on it", "in this article", "not saved: disk full", "5 s", "I: x"])
def test_other_words_are_no_keys(message: str) -> None:
    assert not literal_keys(message)
