"""The reader: an article's text with its names, the words that were looked for, and signs of notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from textual import events
from textual.message import Message
from textual.reactive import reactive

from store.article import EntityKey, Mention, StoredArticle
from store.library import Group, group_of
from store.links import Link, link_at
from tui.render.hint_labels import NONE
from tui.render.hits import Span
from tui.render.styles import DEFAULT_SHOWN
from tui.widgets.reader_hits import SearchedPage
from tui.widgets.reader_names import Names, kind_of, step
from tui.widgets.reader_passages import Passage, Passages


class ReaderView(SearchedPage, can_focus=True, inherit_bindings=False):
    """The pane an article is read in. Offsets are those of its text; nothing here touches the disk."""

    current: reactive[Mention | None] = reactive(None, repaint=False, init=False)
    """The name that keys act on; there is one only while it is on screen."""

    class NameChanged(Message):
        """Another name is current, or none: mention `index` of `count` of the same, from 1."""

        def __init__(self, mention: Mention | None, index: int, count: int) -> None:
            self.mention = mention
            self.index = index
            self.count = count
            super().__init__()

    class LinkClicked(Message):
        """A link was clicked."""

        def __init__(self, link: Link) -> None:
            self.link = link
            super().__init__()

    class WordClicked(Message):
        """Something was clicked that is no name and no address; a link may be behind it."""

        def __init__(self, offset: int) -> None:
            self.offset = offset
            super().__init__()

    class NameClicked(Message):
        """A name was clicked; it is the current one now."""

        def __init__(self, mention: Mention, times: int) -> None:
            self.mention = mention
            self.times = times
            super().__init__()

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        ascii_only: bool = False,
        base_only: bool = False,
    ) -> None:
        """`base_only` shows emoji as their base character: `tui.render.emoji.in_multiplexer` says when to."""
        super().__init__(id=id, classes=classes, ascii_only=ascii_only, base_only=base_only)
        self._groups: frozenset[str] = frozenset(DEFAULT_SHOWN)
        self.joined: Mapping[EntityKey, EntityKey] = {}
        """Names that count as others; taken over with the next article or mentions that are shown."""

    # ---- what is shown ------------------------------------------------------------------------------------
    def show(
        self,
        stored: StoredArticle | None,
        *,
        position: int = 0,
        hits: tuple[str, ...] | None = None,
        remark: str = "",
    ) -> None:
        """Show an article from a position on; `hits` are words to mark, None keeps those that were set.

        `remark` is a sentence below the byline.
        """
        self.clear_selection()
        self.current = self.passage = None
        self.hide_foot()
        self._article = stored.article if stored else None
        self._words = ""
        self._remark = remark
        self._forget_found(hits)
        self._anchor = max(0, position)
        look = self._look
        look.selected, look.written_on, look.passages, look.pointed, look.hints = None, None, Passages(), None, NONE
        look.names = Names(stored.article.text, stored.mentions, self._groups, self.joined) if stored else Names()
        self._look_for_hits()
        self._lay_out()
        self._tell_moved()

    def show_words(self, words: str) -> None:
        """Show a sentence where the text would be."""
        self.show(None)
        self._words = words
        self._forget_lines()
        self._go_to_line(0)

    def set_published(self, day: date | None) -> None:
        """Show another publication date below the headline; the place in the text stays."""
        if self._article is not None and self._article.published != day:
            self._article = self._article.replace(published=day)
            self._lay_out()

    def set_mentions(self, mentions: Iterable[Mention]) -> None:
        """Show other names in the same text; not a letter of it moves."""
        if self._article is None:
            return
        look = self._look
        names = Names(self._article.text, mentions, self._groups, self.joined)
        if names.all == look.names.all and names.joined == look.names.joined:
            return
        look.names = names
        if self.current is not None:
            place = (self.current.start, self.current.end)
            self.current = next((each for each in look.names.all if (each.start, each.end) == place), None)
        self._redraw_everything()

    def set_shown_groups(self, groups: Collection[str]) -> None:
        """Choose the groups of names that are highlighted."""
        self._groups = frozenset(groups)
        self._look.names.show(self._groups)
        if self.current is not None and group_of(self.current.label) not in self._groups:
            self.current = None
        if self.palette.places_signed:
            self._lay_out()
        self._redraw_everything()

    def point_at(self, mention: Mention | None) -> None:
        """Mark all mentions of a name that is pointed at elsewhere."""
        look, names = self._look, self._look.names
        if mention != look.pointed:
            concerned = {(each.start, each.end) for one in (look.pointed, mention) for each in names.same(one)}
            look.pointed = mention
            self._redraw(concerned)

    def _places(self) -> list[int]:
        if not self.palette.places_signed:
            return []
        return [each.end for each in self._look.names.shown if group_of(each.label) is Group.PLACE]

    # ---- names --------------------------------------------------------------------------------------------
    @property
    def current_index(self) -> tuple[int, int]:
        """Which mention of its name the current one is, from 1, and how many there are; zeros without one."""
        same = self._look.names.same(self.current)
        return (same.index(self.current) + 1, len(same)) if self.current in same else (0, 0)

    def kind_of(self, mention: Mention) -> str:
        """Return in a word what a mention names: `person`, `place`, `work of art`."""
        return kind_of(mention)

    def move_name(self, by: int, group: Group | None = None) -> bool:
        """Make the next name current (`by` 1), or the one before (-1), of any shown group or of one.

        Without a current name it is the first one on screen, or the last. False when there is none.
        """
        return self._make_current(step(self._look.names.of(group), self.current, by, self.on_screen))

    def move_same(self, by: int) -> bool:
        """Make the next mention of the current name current, or the one before; False when there is none."""
        if self.current is None:
            return False
        return self._make_current(step(self._look.names.same(self.current), self.current, by, self.on_screen))

    def go_to_entity(self, mention: Mention, *, last: bool = False) -> bool:
        """Make the first mention of a name current, or the last, that another article may have told of."""
        found = self._look.names.like(mention)
        return self._make_current(found[-1 if last else 0] if found else None)

    def go_to_first(self, group: Group, *, last: bool = False) -> bool:
        """Make the first name of a group in the text current, or the last; False when there is none."""
        found = self._look.names.of(group)
        return self._make_current(found[-1 if last else 0] if found else None)

    def go_to_mention(self, start: int, end: int) -> bool:
        """Make the mention that stands here current; False when none does."""
        found = [each for each in self._look.names.all if each.start < end and each.end > start]
        return self._make_current(min(found, key=lambda each: (each.start != start, each.end != end), default=None))

    @property
    def choosable(self) -> list[tuple[int, Mention | Passage | int]]:
        """What can be gone to on screen, by where it begins: names, passages, and words found, by which one it is."""
        start, end = self.on_screen
        look = self._look
        found: list[tuple[int, Mention | Passage | int]] = [
            *((each.start, each) for each in look.names.between(start, end)),
            *((each.start, each) for each in look.passages.all),
            *((hit[0], index) for index, hit in enumerate(look.hits)),
        ]
        return [(at, each) for at, each in found if start <= at < end]

    def _make_current(self, mention: Mention | None) -> bool:
        if mention is None:
            return False
        self.current = mention
        self.reveal(mention.start, mention.end)
        return True

    def watch_current(self, old: Mention | None, new: Mention | None) -> None:
        """Draw the names concerned, and tell."""
        if new is not None:
            self.passage = None
        self._look.current = new
        names = self._look.names
        concerned = {(each.start, each.end) for mention in (old, new) for each in names.same(mention)}
        self._redraw(concerned | {(each.start, each.end) for each in (old, new) if each is not None})
        self.post_message(self.NameChanged(new, *self.current_index))

    def watch_passage(self, old: Passage | None, new: Passage | None) -> None:
        """Draw the passages concerned, and tell; keys act on a name or on a note, never on both."""
        if new is not None:
            self.current = None
        super().watch_passage(old, new)

    @property
    def passage_around(self) -> Passage | None:
        """The passage that was gone to, else the innermost around the current name."""
        if self.passage is not None or self.current is None:
            return self.passage
        return self.passages.at(self.current.start)

    def _here(self) -> Span:
        return self.on_screen if self.current is None else (self.current.start, self.current.end)

    def _scrolled(self) -> None:
        super()._scrolled()
        if self.current is not None:
            start, end = self.on_screen
            if self.current.start >= end or self.current.end <= start:
                self.current = None

    # ---- the mouse ----------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        """Make a clicked name current, else the note that is clicked; twice elsewhere selects the word's sentence."""
        event.prevent_default()
        offset = self._clicked(event)
        if offset is None or self._article is None:
            return
        mention = self._look.names.at(offset)
        if mention is not None and self.selected is None:
            self.current = mention
            self.post_message(self.NameClicked(mention, event.chain))
        elif event.chain == 2:
            from store.sentences import sentence_at  # no start needs it

            self.select(*sentence_at(self._article, offset))
        elif self.selected is None and (link := link_at(self._article.text, offset)) is not None:
            self.post_message(self.LinkClicked(link))
        elif self.selected is None:
            self.passage = self.passages.at(offset)
            self.post_message(self.WordClicked(offset))

    def _clicked(self, event: events.Click) -> int | None:
        """Return the offset of the character under the pointer; None beside the text."""
        place = event.get_content_offset(self)
        over = place is not None and place.y >= self._rows
        painted = self._paint(self._top + place.y) if place is not None and not over else None
        return painted.offset_at_cell(place.x) if painted is not None and place is not None else None
