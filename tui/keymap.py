"""From keys to commands: contexts, sequences, presets, the user's own keys.

Textual knows no sequences and remaps silently, so the map is ours. A context stack names what is asked first: the
focused pane before the main screen. No binding of a context is the beginning of another, so every key has one
meaning at once and no key waits for a clock.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence

from store.config import nearest
from store.errors import ConfigError
from store.record import Record
from tui.commands.command import BELOW, TYPED, Command, Context
from tui.commands.footer import shown_as
from tui.commands.registry import BY_ID, COMMANDS

_NAMES = {
    "escape": "esc", "return": "enter", "slash": "/", "question_mark": "?", "space": "space",
    "backtab": "shift+tab",
}  # fmt: skip

PRESET = "preset"
"""What stands among the user's keys for all that the user did not set."""

_FREE_TOLD = 4
"""How many free keys are proposed."""

_PROPOSABLE = string.ascii_letters + ",.;'!\"$%&()-_<>{}~\\"


def key_name(key: str, character: str | None) -> str:
    """Name a key press as commands do, from Textual's key and character."""
    if character and character.isprintable() and character != " " and len(character) == 1:
        return character
    return _NAMES.get(key, key)


class Pressed(Record):
    """What the keys pressed so far mean."""

    command: Command | None = None
    waiting: bool = False
    """True when they begin a sequence."""


class Keymap:
    """The keys of every context.

    `own` are the user's: command id -> its keys, and `preset` -> the name of the keys of all other commands. `file` is
    where they stand.

    Raises:
        ConfigError: the user's keys name no command or no key, two commands of one context want the same keys, or
            there would be no way out of something.
    """

    def __init__(self, own: Mapping[str, str | Sequence[str]] | None = None, file: str = "") -> None:
        self._file = f"{file}: " if file else ""
        self.preset = "vi"
        self._keys = {command.id: command.keys for command in COMMANDS}
        self._own = dict(own or {})
        if PRESET in self._own:
            self._take_preset(self._own.pop(PRESET))
        self._preset_keys = dict(self._keys)
        for command_id, keys in self._own.items():
            self._set(command_id, (keys,) if isinstance(keys, str) else tuple(keys))
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

    def is_own(self, command: Command) -> bool:
        """Tell whether the user has set the keys of a command."""
        return command.id in self._own

    def preset_keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that a command has without the user's."""
        return self._preset_keys[command.id]

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

    def shown(self, contexts: Sequence[Context], key: str) -> tuple[Command | None, str]:
        """Return the command of a key as a line at the edge of the screen writes it, and the key, if it is one."""
        command = self.press(contexts, (), key).command
        return (command, key) if command is not None else (shown_as(contexts[0], key, self.keys_of), "")

    # ---- the user's ------------------------------------------------------------------------------------------------
    def _refuse(self, what: str) -> ConfigError:
        return ConfigError(f"{self._file}[keys] {what}{'' if what.endswith('?') else '.'}")

    def _take_preset(self, name: object) -> None:
        from tui.commands.presets import PRESETS  # most have the default keys

        if not isinstance(name, str):
            raise self._refuse(f"preset has to be one name in quotes: {' or '.join(PRESETS)}")
        if name not in PRESETS:
            near = nearest(name, tuple(PRESETS))
            hint = f"did you mean {near!r}?" if near else f"there are {' and '.join(PRESETS)}"
            raise self._refuse(f"preset cannot be {name!r}; {hint}")
        self.preset = name
        self._keys.update(PRESETS[self.preset])

    def _set(self, command_id: str, keys: tuple[str, ...]) -> None:
        from tui.commands.keys import is_text, wrong_with

        if command_id not in BY_ID:
            near = nearest(command_id, tuple(BY_ID))
            hint = f"did you mean “{near}”?" if near else "`dateline keys --preset vi` lists all"
            raise self._refuse(f"“{command_id}” is no command; {hint}")
        command = BY_ID[command_id]
        for one in keys:
            why = wrong_with(one)
            if why:
                raise self._refuse(f"“{command_id}”: {why}")
            typed = TYPED & set(command.contexts)
            if typed and is_text(one.split()[0]):
                raise self._refuse(f"“{command_id}”: “{one}” is text in the {min(typed)}; take one with ctrl+")
        if not keys and command_id.endswith(_WAYS_OUT):
            raise self._refuse(f"“{command_id}” needs a key: there is no other way out")
        self._keys[command_id] = tuple(dict.fromkeys(" ".join(one.split()) for one in keys))

    def _add(self, context: Context, keys: tuple[str, ...], command: Command) -> None:
        taken = self._maps[context].get(keys)
        if taken is not None:
            raise self._refuse(
                f"“{' '.join(keys)}” means both {taken.id} and {command.id}: give one of them another key"
                f"{self._free(taken, command)}"
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
                    raise self._refuse(
                        f"“{' '.join(keys[:length])}” ({shorter.id}) begins “{' '.join(keys)}” ({command.id}): "
                        f"no keys may begin others; give one of them another key{self._free(shorter, command)}"
                    )

    def _free(self, *commands: Command) -> str:
        """Propose keys that nothing has where these commands work."""
        where = {context for command in commands for context in command.contexts}
        where |= {below for context in where for below in BELOW.get(context, ())}
        where |= {context for context, below in BELOW.items() if where & set(below)}
        taken = {
            keys.split()[0] for command in COMMANDS if where & set(command.contexts) for keys in self._keys[command.id]
        }  # fmt: skip
        free = [key for key in _PROPOSABLE if key not in taken][:_FREE_TOLD]
        return f"; free there: {' '.join(free)}" if free else ""


_WAYS_OUT = (".close", "prompt.cancel", "choice.take", "note.save")
"""How the ids of commands end without which one could not leave a screen, a box or a question."""
