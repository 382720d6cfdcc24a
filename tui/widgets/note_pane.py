"""Where a note is written: beside the text, or in the bottom rows of a small screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from tui.render.literal import content
from tui.widgets.entry import Area

_COMMANDS = (":w", ":wq", ":x")
"""What a vi user writes from habit; as a last line of their own they are taken off."""


def without_write_command(text: str) -> str:
    """Take a last line `:w`, `:wq` or `:x` off a note."""
    lines = text.rstrip().split("\n")
    if lines and lines[-1].strip() in _COMMANDS:
        return "\n".join(lines[:-1]).rstrip()
    return text


class NotePane(Vertical):
    """A heading, the text being written, nothing else; its keys are the commands of the note editor."""

    DEFAULT_CSS = """
    NotePane { display: none; background: $background; }
    NotePane > Static {
        height: 1; width: 1fr; padding: 0 1; background: $bar; color: $quiet;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    NotePane > TextArea { height: 1fr; border: none; padding: 0 1; background: $background; color: $foreground; }
    NotePane > TextArea:focus { border: none; }
    """

    class Edited(Message):
        """The text changed."""

    def compose(self) -> ComposeResult:
        """Lay out heading and text."""
        yield Static()
        area = Area(soft_wrap=True, show_line_numbers=False, tab_behavior="indent", compact=True)
        area.cursor_blink = False
        area.highlight_cursor_line = False
        yield area

    @property
    def is_open(self) -> bool:
        """Whether a note is being written."""
        return bool(self.display)

    @property
    def text(self) -> str:
        """What is written, without a last `:wq`."""
        return without_write_command(self.query_one(TextArea).text).strip("\n")

    def open(self, heading: str, body: str) -> None:
        """Begin to write."""
        self.query_one(Static).update(content(heading))
        area = self.query_one(TextArea)
        with self.prevent(TextArea.Changed):
            area.load_text(body)
        area.move_cursor(area.document.end)
        self.display = True
        # At once: a focus that waits its turn would come behind keys that were typed ahead.
        self.screen.set_focus(area, scroll_visible=False)

    def replace(self, body: str) -> None:
        """Take over a text that was written elsewhere."""
        area = self.query_one(TextArea)
        area.load_text(body)
        area.move_cursor(area.document.end)

    def close(self) -> None:
        """Put the pane away."""
        self.display = False

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell that there is something to keep."""
        event.stop()
        if self.is_open:
            self.post_message(self.Edited())
