"""The one-line widgets around the panes: where we are, number tags, status, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.render.literal import content
from tui.render.safe import safe
from tui.render.spread import spread
from tui.render.wrap import paragraphs

if TYPE_CHECKING:
    from tui.widgets.prompt import Prompt
    from tui.widgets.question import Proposal


class TextLine(Widget):
    """One line with a left and a right text; it repaints only when a text changes."""

    DEFAULT_CSS = """
    TextLine { height: 1; width: 1fr; background: $background; color: $quiet; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = Content("")
        self._right = Content("")

    def show(self, left: Content | str, right: Content | str = "") -> None:
        """Show two texts; a plain string is taken literally."""
        new_left = content(left) if isinstance(left, str) else left
        new_right = content(right) if isinstance(right, str) else right
        if _same(new_left, self._left) and _same(new_right, self._right):
            return
        self._left, self._right = new_left, new_right
        self.refresh()

    def render(self) -> Content:
        """Set both texts on the line."""
        return spread(self._left, self._right, self.size.width)


def _same(one: Content, other: Content) -> bool:
    return one.plain == other.plain and one.spans == other.spans


class KeyClicked(Message):
    """A key that a line shows was clicked, as the line writes it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__()


class ProposalClicked(Message):
    """A proposal of a prompt was clicked, by its number from 0."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__()


class KeyLine(TextLine):
    """A line that shows keys, which the mouse can press."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spots: list[tuple[int, int, str]] = []
        """First and last column, and the key."""

    def on_click(self, event: events.Click) -> None:
        """Tell which key was clicked."""
        event.stop()
        key = next((key for first, last, key in self._spots if first <= event.x < last), "")
        if key:
            self.post_message(KeyClicked(key))


class HeaderLine(TextLine):
    """What is listed: roots, view, filter, count, order."""

    DEFAULT_CSS = """
    HeaderLine { color: $foreground; background: $bar; }
    HeaderLine:ansi { text-style: bold; }
    """

    def render(self) -> Content:
        """Set both texts on the line; on a short one what is listed goes before its order."""
        width = self.size.width
        fits = self._left.cell_length + self._right.cell_length + 4 <= width
        return spread(self._left, self._right if fits or width >= _ROOMY else Content(""), width)


class WholeLine(TextLine):
    """A line of whose messages nothing is cut: one that has to be read whole takes more lines, upwards."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._whole = False

    def show(self, left: Content | str, right: Content | str = "", *, whole: bool = False) -> None:
        """Show two texts, or a message of one style that has to be read `whole`."""
        self._whole = whole
        super().show(left, right)
        self._fit()

    def on_resize(self) -> None:
        """Break the words anew."""
        self._fit()

    def _fit(self) -> None:
        height = len(self._lines())
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def _lines(self) -> list[str]:
        """Return the lines of a message that one line has no room for; else an empty one."""
        room = self.size.width - 2
        if not self._whole or room < 1 or self._left.cell_length <= room:
            return [""]
        return paragraphs(self._left.plain, room)[: max(1, self.screen.size.height // 3)]

    def render(self) -> Content:
        """Set both texts on the line, or the message on its lines."""
        width, lines = self.size.width, self._lines()
        if len(lines) > 1:
            style = self._left.spans[0].style if self._left.spans else ""
            *above, last = (content(line).stylize(style) for line in lines)
            return Content("\n").join(
                [*(spread(line, Content(""), width) for line in above), self._beside(last, width)]
            )
        return self._beside(self._left, width) if self._whole else spread(self._left, self._right, width)

    def _beside(self, words: Content, width: int) -> Content:
        """Set words on a line, and what is at the right where both have room."""
        fits = words.cell_length + self._right.cell_length + 4 <= width
        return spread(words, self._right if fits else Content(""), width)


class TagBar(WholeLine, KeyLine):
    """The number tags, those of the current article marked; proposals while a prompt is open."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._proposed: list[tuple[int, int, int]] = []
        """First and last column of each proposal that is shown, and its number."""

    def on_click(self, event: events.Click) -> None:
        """Tell which proposal was clicked; a number key is told by the line."""
        index = next((index for first, last, index in self._proposed if first <= event.x < last), -1)
        if index >= 0:
            event.stop()
            self.post_message(ProposalClicked(index))

    def show_tags(self, digits: dict[int, str], on: frozenset[str], legend: Content | None = None) -> None:
        """Show what each number key tags."""
        parts: list[Content | str | tuple[str, str]] = []
        self._spots, self._proposed, at = [], [], 1
        for digit in sorted(digits):
            tag = digits[digit]
            width = 2 + cell_len(content(tag).plain)
            self._spots.append((at, at + width, str(digit)))
            at += width + (3 if tag in on else 2)
            style = "$tag bold underline" if tag in on else "$quiet"
            parts += [
                (f"{digit} ", "$quiet"),
                content(tag).stylize(style),
                ("·  " if tag in on else "  ", "$quiet"),
            ]
        free = [digit for digit in range(1, 10) if digit not in digits]
        if free:
            parts.append((f"{_ranges(free)} free", "$quiet"))
        self.show(Content.assemble(*parts), legend or "")

    def show_proposals(self, told: Prompt.Proposed, *, takes: str) -> None:
        """Show what a prompt proposes, the word marked that the key `takes` takes; or what is wrong, or asked about."""
        proposals, chosen, wrong, about = told.proposals, told.chosen, told.wrong, told.about
        self._spots, self._proposed = [], []
        if wrong or (about and not proposals):
            self.show(content(wrong or safe(about)).stylize("$warning" if wrong else "$foreground"), whole=True)
            return
        said = proposals[chosen].said if proposals else ""
        hint = f"{takes} takes it" if proposals else ""
        if len(proposals) > 1:
            hint = f"{chosen + 1} of {len(proposals)} · {hint}"
        # What the chosen one means is told where that leaves room for others.
        width = self.size.width - 2
        if said and len(said) < width // 2:
            hint = said
        elif width < _ROOMY and len(proposals) > 1:
            hint = f"{chosen + 1} of {len(proposals)}"
        first, last = _page(proposals, chosen, max(20, width - len(hint) - 2))
        parts: list[Content | str | tuple[str, str]] = [("… ", "$quiet")] if first else []
        at = 1 + 2 * bool(first)
        for index in range(first, last):
            each = proposals[index]
            ends = at + 2 + cell_len(content(each.text + (f" {each.detail}" if each.detail else "")).plain)
            self._proposed.append((at, ends, index))
            at = ends + 1
            style = "reverse" if index == chosen else "$quiet"
            detail = f"{each.detail} " if each.detail else ""
            parts += [content(f" {each.text} {detail}").stylize(style), " "]
        if last < len(proposals):
            parts.append(("…", "$quiet"))
        self.show(Content.assemble(*parts), content(hint))


_ROOMY = 60
"""Cells of a line from which on it has room for advice beside the proposals."""


def _page(proposals: Sequence[Proposal], chosen: int, width: int) -> tuple[int, int]:
    """Return which proposals stand on a line together with the chosen one."""
    first = used = 0
    for index, each in enumerate(proposals):
        size = cell_len(each.text) + (len(each.detail) + 1 if each.detail else 0) + 3
        if used + size > width - 3 and index > first:
            if index > chosen:
                return first, index
            first, used = index, 2
        used += size
    return first, len(proposals)


def _ranges(numbers: Sequence[int]) -> str:
    """Write numbers short: 1 2 5 6 7 as `1-2 5-7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


class StatusLine(WholeLine):
    """What just happened, or what is under the cursor; at the right what is saved, indexed, and where in the text."""

    DEFAULT_CSS = "StatusLine { color: $foreground; background: $bar; }"


class KeyFooter(KeyLine):
    """At most nine keys of the focused pane."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._own: tuple[Sequence[tuple[str, str]], int] = ((), 1)
        self._lent = False

    def lend(self, keys: Sequence[tuple[str, str]] | None) -> None:
        """Show the keys of a box that lies over the screen; None gives the line back to the pane."""
        self._lent = keys is not None
        self._set(*((keys, 1) if keys is not None else self._own))

    def show_keys(self, keys: Sequence[tuple[str, str]], last: int = 1) -> None:
        """Show `(keys, word)` pairs, as many as fit, the `last` ones always; between keys of one word is a blank."""
        self._own = (keys, last)
        if not self._lent:
            self._set(keys, last)

    def _set(self, keys: Sequence[tuple[str, str]], last: int) -> None:
        self._spots = []
        if not keys:
            self.show("")
            return
        width = self.size.width - 2
        always = keys[-last:]
        used = sum(len(key) + 1 + len(word) + 2 for key, word in always) - 2
        kept: list[tuple[str, str]] = []
        for key, word in keys[:-last]:
            size = len(key) + 1 + len(word) + 2
            if used + size > width or len(kept) + len(always) == 9:
                break
            kept.append((key, word))
            used += size
        parts: list[Content | str | tuple[str, str]] = []
        at = 1
        for key, word in [*kept, *always]:
            parts += [(key, "$key"), (f" {word}  ", "$quiet")]
            first, *others = key.split(" ")
            ends = at + cell_len(key)
            self._spots += [(ends, ends + 1 + cell_len(word), first)]
            for one in (first, *others):
                self._spots.append((at, at + cell_len(one), one))
                at += cell_len(one) + 1
            at = ends + cell_len(word) + 3
        self.show(Content.assemble(*parts).rstrip())
