"""The part of the app that looks keys up in our own map, and carries out what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen

from tui.commands.command import TYPED, Command, Context
from tui.copying import CopyingApp
from tui.keymap import Keymap, key_name
from tui.last_screen import LastScreen
from tui.screens.main.waiting import HELD_AT_MOST
from tui.widgets.lines import KeyClicked, ProposalClicked

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_TOUCHES = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class KeyedApp(CopyingApp, inherit_bindings=False):
    """An app whose keys are commands."""

    def __init__(self, keymap: Keymap, *, changes_only: bool, last: LastScreen | None = None) -> None:
        super().__init__(changes_only=changes_only, last=last)
        self.keymap = keymap
        self.command = ""
        """Id of the command being carried out: for functions that do several."""
        self.previous = ""
        """Id of the command before that."""
        self._pending: tuple[str, ...] = ()
        self._held: list[events.Key | events.Paste] = []

    @property
    def main_screen(self) -> MainScreen:
        """The main screen, also while something lies over it."""
        raise NotImplementedError

    async def on_event(self, event: events.Event) -> None:
        """Look keys up in our own map first; what it does not know goes Textual's way, into prompts and editors."""
        if isinstance(event, (events.Key, events.MouseDown)) and self._screen_stack:
            self.main_screen.close_card()
        if isinstance(event, _TOUCHES) and self._screen_stack:
            self.main_screen.touched = True
            self.show_own()
            if not (self._held or self._keys_wait):
                await self._typed_is_read(event)
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and self._pressed(event):
            return
        await super().on_event(event)

    async def _typed_is_read(self, event: events.Event) -> None:
        """Have what is no letter wait for the letters before it."""
        if event.is_forwarded or (isinstance(event, events.Key) and event.is_printable):
            return
        caught_up = getattr(self.focused, "caught_up", None)
        if caught_up is not None:
            await caught_up()

    def _pressed(self, event: events.Key | events.Paste) -> bool:
        """Carry out what a key means, or keep it; returns whether it was for us. What is pasted is text."""
        if getattr(self.screen, "contexts", None) is None:
            return False
        # While some wait, all do: keys keep their order.
        if self._held or self._keys_wait:
            self._held.append(event)
            return True
        return self._press(event)

    @property
    def _keys_wait(self) -> bool:
        screen = self.screen
        if not getattr(screen, "laid_out", True) or getattr(screen, "holds_keys", False):
            return True
        # What was asked for on another screen brings questions and screens, too.
        return bool(self.main_screen.working)

    def _press(self, event: events.Key | events.Paste) -> bool:
        screen = self.screen
        contexts: Callable[[], tuple[Context, ...]] | None = getattr(screen, "contexts", None)
        if contexts is None or isinstance(event, events.Paste):
            return False
        key = key_name(event.key, event.character)
        had = bool(self._pending)
        pressed = self.keymap.press(_asked(screen, contexts()), self._pending, key)
        self._pending = (*self._pending, key) if pressed.waiting else ()
        if pressed.command is not None:
            self.perform(pressed.command, key)
            return True
        if key == "enter" and (prompt := getattr(screen, "prompt", None)) is not None:
            prompt.answer_comes()
        return pressed.waiting or had or self._did_everywhere(contexts(), key)

    def _did_everywhere(self, contexts: tuple[Context, ...], key: str) -> bool:
        """Carry out what works on every screen, but where the key is text."""
        command = None if TYPED.intersection(contexts) else self.keymap.press((Context.MAIN,), (), key).command
        from tui.screens.main import over

        return command is not None and over.did(self.main_screen, self.screen, command, key)

    def on_key_clicked(self, event: KeyClicked) -> None:
        """Do what a key that a line shows does."""
        contexts: Callable[[], tuple[Context, ...]] | None = getattr(self.screen, "contexts", None)
        if contexts is not None and not self._keys_wait:
            prompt = getattr(self.screen, "prompt", None)
            if prompt is not None and prompt.click(event.key):
                return
            command, key = self.keymap.shown(_asked(self.screen, contexts()), event.key)
            if command is not None:
                self.perform(command, key)

    def on_proposal_clicked(self, event: ProposalClicked) -> None:
        """Take the proposal that was clicked."""
        prompt = getattr(self.screen, "prompt", None)
        if prompt is not None:
            prompt.click_proposal(event.index)

    def hold_keys(self) -> Callable[[], None]:
        """Have keys wait, for some seconds at most, until what is returned is called."""
        return self.main_screen.hold_keys(HELD_AT_MOST)

    def release_keys(self) -> None:
        """Deliver the keys that were pressed while what they are meant for was on its way."""
        if self._held:
            # Before whatever came since: that waits its turn as well.
            self.call_next(self._deliver)

    async def _deliver(self) -> None:
        while self._held and self._screen_stack and not self._keys_wait:
            await self._typed_is_read(self._held[0])
            if self._keys_wait:
                return
            event = self._held.pop(0)
            # The very event: a new one would be ours, and stop short of the widgets above the one it goes to.
            if not self._press(event):
                await super().on_event(event)

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that a command sits on."""
        return self.keymap.keys_of(command)

    def perform(self, command: Command, key: str = "", on: Screen[Any] | None = None) -> None:
        """Carry out a command on a screen, else on the one in front."""
        self.previous, self.command = self.command, command.id
        screen = on or self.screen
        if getattr(screen, "labels", None) is not None:
            from tui.screens import labels

            if labels.perform(screen, command.id, key):
                return
        if screen is not self.main_screen:
            from tui.screens.main import over

            if over.did(self.main_screen, screen, command, key):
                return
        perform: Callable[[Command, str], None] | None = getattr(screen, "perform", None)
        if perform is not None:
            perform(command, key)


def _asked(screen: Screen[Any], contexts: tuple[Context, ...]) -> tuple[Context, ...]:
    """Return where keys are looked up on a screen: those of labels come first while labels lie over it."""
    return (Context.HINTS, *contexts) if getattr(screen, "labels", None) is not None else contexts
