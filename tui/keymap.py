"""From keys to commands: contexts, sequences, the user's own keys.

Textual knows no sequences and remaps silently, so the map is ours. A context stack names what is asked first: the
focused pane before the main screen. No binding of a context is the beginning of another, so every key has one
meaning at once and no key waits for a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from store.errors import ConfigError
from tui.commands.command import BELOW, Command, Context
from tui.commands.registry import BY_ID, COMMANDS

_NAMES = {
    "escape": "esc", "return": "enter", "slash": "/", "question_mark": "?", "space": "space",
    "backtab": "shift+tab",
}  # fmt: skip


def key_name(key: str, character: str | None) -> str:
    """Name a key press as commands do, from Textual's key and character."""
    if character and character.isprintable() and character != " " and len(character) == 1:
        return character
    return _NAMES.get(key, key)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What the keys pressed so far mean."""

    command: Command | None = None
    waiting: bool = False
    """True when they begin a sequence."""


class Keymap:
    """The keys of every context.

    Raises:
        ConfigError: the user's keys name no command, or two commands of one context want the same keys.
    """

    def __init__(self, own: Mapping[str, str | Sequence[str]] | None = None) -> None:
        self._keys = {command.id: command.keys for command in COMMANDS}
        for command_id, keys in (own or {}).items():
            self._keys[_known(command_id)] = (keys,) if isinstance(keys, str) else tuple(keys)
        self._maps: dict[Context, dict[tuple[str, ...], Command]] = {context: {} for context in Context}
        for command in COMMANDS:
            for keys in self._keys[command.id]:
                for context in command.contexts:
                    self._add(context, tuple(keys.split()), command)
        for context in Context:
            self._check(context)

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that a command sits on, the user's own included."""
        return self._keys[command.id]

    def press(self, contexts: Iterable[Context], pending: tuple[str, ...], key: str) -> Pressed:
        """Look up `key` after the keys already `pending`, asking the contexts in order."""
        keys = (*pending, key)
        waiting = False
        for context in contexts:
            command = self._maps[context].get(keys)
            if command is not None:
                return Pressed(command)
            waiting = waiting or any(bound[: len(keys)] == keys for bound in self._maps[context])
        return Pressed(waiting=waiting)

    def _add(self, context: Context, keys: tuple[str, ...], command: Command) -> None:
        taken = self._maps[context].get(keys)
        if taken is not None:
            raise ConfigError(
                f"the keys “{' '.join(keys)}” mean both {taken.id} and {command.id}: give one of them other keys"
            )
        self._maps[context][keys] = command

    def _check(self, context: Context) -> None:
        scope = dict(self._maps[context])
        # All of a stack are asked while the pane has the focus; a binding hides an equal one further down.
        for below in BELOW.get(context, ()):
            scope = {**self._maps[below], **scope}
        for keys, command in scope.items():
            for length in range(1, len(keys)):
                shorter = scope.get(keys[:length])
                if shorter is not None:
                    raise ConfigError(
                        f"“{' '.join(keys[:length])}” ({shorter.id}) begins “{' '.join(keys)}” ({command.id}): "
                        "no keys may begin others"
                    )


def _known(command_id: str) -> str:
    if command_id in BY_ID:
        return command_id
    near = get_close_matches(command_id, BY_ID, 1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    raise ConfigError(f"[keys] “{command_id}” is no command{hint}")
