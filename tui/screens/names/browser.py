"""The screen of all names: by kind and count, searched as one types, of the whole library or of the list's articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on

from store.article import EntityKey
from store.library import Group, group_title
from tui.commands.command import Command, Context
from tui.render.counted import counted
from tui.screens.key_words import shows_all
from tui.screens.main import entity_pages, listing
from tui.screens.names import joining, tagging
from tui.screens.names.browser_rows import WIDE, columns, name_row
from tui.screens.names.who import Who
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from store.library import EntityList, EntityRecord, EntityRow
    from tui.screens.main.screen import MainScreen

PAGE = 200
"""Names that are asked for at once; the end of the list asks for more."""

ORDERS = {"articles": "by articles", "mentions": "by mentions", "newest": "newest first", "name": "by name"}
_USUAL = (Group.PERSON, Group.ORGANISATION, Group.PLACE)


class EntitiesScreen(RowsScreen):
    """What is listed comes from the index, and follows what one types."""

    KIND = Context.ENTITIES
    TAGS = False
    ACTIONS: ClassVar[dict[str, str]] = {
        "entity.open": "open_page",
        "entity.mark": "mark",
        "entity.filter": "show_articles",
        "entity.join": "join",
        "entity.likely": "likely",
        "entity.tag": "tag",
        "change.repeat": "tag_again",
        "entity.order": "change_order",
        "entity.kind": "choose_kinds",
        "entity.everywhere": "change_scope",
        "entity.map": "map",
        "entity.back": "go_back",
        "entity.undo": "undo",
        "entity.redo": "redo",
    }

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self.kinds: tuple[Group, ...] = tuple(group for group in Group if group in main.names_shown)
        self.order = "articles"
        self.everywhere = not listing.query_of(main)
        """Whether the whole library is counted, and not only the articles of the list."""
        self.marked: dict[EntityKey, Who] = {}
        self._found: EntityList | None = None
        self._records: dict[EntityKey, EntityRecord] = {}
        """What the user wrote on names."""
        self._asked = 0
        self._limit = PAGE
        self._seen = (-1, -1)

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Ask for the first names."""
        self.listed.empty = "looking…"
        self.look()

    @property
    def _shows_all(self) -> str:
        return shows_all(self, "rows.close", "rows.find")

    def look(self, *, keep: bool = False) -> None:
        """Ask the index; what was asked before and has not come is given up."""
        self._asked += 1
        self._seen = self.names_state
        number, kinds = self._asked, tuple(map(str, self.kinds))
        if self.words.strip().startswith("#"):
            self._found = self.library.tagged_entities(self.words.strip()[1:])
            self.listed.empty = f"no name bears such a tag; {self.key_of('entity.tag')} tags one, {self._shows_all}"
            self.read(keep=keep)
            return

        def take(found: EntityList) -> None:
            if number == self._asked and self.is_open:
                self._found = found
                self.listed.empty = f"no such name; {self._shows_all}" if self.words.strip() else self._nothing()
                self.read(keep=keep)
                self.listed.more = not found.complete

        self.main.when_done(self.library.entities(
            self.words, kinds=kinds, query=self._query, order=self.order, limit=self._limit
        ), take)  # fmt: skip

    @property
    def _query(self) -> str:
        return "" if self.everywhere else listing.query_of(self.main)

    def nothing(self) -> str:
        """Say what the last search has said."""
        return self.listed.empty

    def _nothing(self) -> str:
        counts = self.library.counts()
        if counts.analysed < counts.articles:
            return "no names yet: they are being found"
        elsewhere = "" if self.everywhere else f", {self.key_of('entity.everywhere')} counts the whole library"
        return f"no names of these kinds; {self.key_of('entity.kind')} chooses others{elsewhere}"

    def find(self, words: str) -> None:
        """Narrow the names to those with these words."""
        self._words, self._limit = words, PAGE
        self.look()

    def rows(self) -> Sequence[Choice]:
        """Return the names that were found, each with the user's tags."""
        self._records = {one.key: one for one in self.library.entity_records()}
        return [self._row(one) for one in self._found.rows] if self._found else []

    def _row(self, one: EntityRow) -> Choice:
        record = self._records.get(one.key)
        return name_row(one, record, self.size.width, marked=one.key in self.marked, ascii_only=self.main.ascii_only)

    def columns(self) -> str:
        """Return what stands over the counts."""
        return columns(self.size.width)

    def stale(self) -> bool:
        """Tell whether names were joined, parted or put right since they were read."""
        return self.names_state != self._seen

    def follow(self) -> None:
        """Ask anew where names have changed."""
        if self.stale():
            self.look(keep=True)

    def heading(self) -> tuple[str, str]:
        """Return which names are listed, of what, and in which order."""
        found = self._found
        count = "" if found is None else counted(found.total, "name") if found.total is not None else (
            f"{counted(len(found.rows), 'name')}{'' if found.complete else ' and more'}"
        )  # fmt: skip
        kinds = "All names" if len(self.kinds) in (0, len(Group)) else _listed([group_title(one) for one in self.kinds])
        if self.size.width < WIDE and self.kinds == _USUAL:
            kinds = "Names"
        where = "in the whole library" if self.everywhere else f"in {entity_pages.list_in_words(self.main)}"
        words = f"“{self.words.strip()}”" if self.words.strip() else ""
        names = ", ".join(who.name for who in self.marked.values())
        marks = f"{len(self.marked)} marked: {names}" if names else ""
        return " · ".join(part for part in (marks, f"{kinds} {where}", words, count) if part), ORDERS[self.order]

    def about(self) -> str:
        """Tell of the name under the cursor."""
        one = self._current
        if one is None:
            return ""
        parts = [one.name, one.kind]
        if one.articles:
            parts += [counted(one.articles, "article"), counted(one.mentions, "mention")]
        if one.first is not None and one.last is not None:
            parts.append(f"{one.first:%Y-%m} to {one.last:%Y-%m}")
        record = self._records.get(one.key)
        if record is not None:
            parts += [" ".join(f"#{tag}" for tag in record.tags), "with a note" if record.body else ""]
        return " · ".join(part for part in parts if part)

    @property
    def _current(self) -> EntityRow | None:
        chosen = self.listed.chosen
        rows = self._found.rows if self._found else ()
        return next((one for one in rows if chosen is not None and one.key == chosen.value), None)

    @property
    def who(self) -> Who | None:
        """The name under the cursor."""
        one = self._current
        return Who(one.key, one.name, one.kind) if one is not None else None

    @on(ChoiceList.EndNear)
    def _end_near(self) -> None:
        self._limit += PAGE * 2
        self.look(keep=True)

    # ---- commands ----------------------------------------------------------------------------------------------------
    def open_page(self, _: str) -> None:
        """Open the page of the name."""
        if self.who is not None:
            entity_pages.open_page(self.main, self.who)

    def mark(self, _: str) -> None:
        """Mark the name, or take the mark off, and move down."""
        who = self.who
        if who is None:
            return
        if self.marked.pop(who.key, None) is None:
            self.marked[who.key] = who
        self.read()
        self.listed.move(1)

    def show_articles(self, _: str) -> None:
        """Filter the list to the articles with all marked names, else with the one under the cursor."""
        names = list(self.marked.values()) or ([self.who] if self.who else [])
        if names:
            entity_pages.filter_to(self.main, names)

    def join(self, _: str) -> None:
        """Join the name with another, or take joined ones apart."""
        if self.who is not None:
            joining.offer(self, self.main, self.who)

    def likely(self, _: str) -> None:
        """Go through the names that are likely the same."""
        entity_pages.open_likely(self.main)

    def tag(self, _: str) -> None:
        """Tag the name."""
        if self.who is not None:
            tagging.ask(self, self.who)

    def given(self, command: Command, argument: str) -> None:
        """Tag the name with tags that were written on the command line."""
        if command.id == "entity.tag" and self.who is not None:
            tagging.change(self, self.who, argument)
        else:
            super().given(command, argument)

    def tag_again(self, _: str) -> None:
        """Change the tags of the name as others were changed last."""
        if self.who is not None:
            tagging.repeat(self, self.who)

    def map(self, _: str) -> None:
        """Show the places on a map."""
        entity_pages.open_map(self.main, everywhere=self.everywhere)

    def change_order(self, _: str) -> None:
        """List the names in the next order."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self._limit = PAGE
        self.look()

    def change_scope(self, _: str) -> None:
        """Count in the whole library, or in the articles of the list."""
        if self.everywhere and not listing.query_of(self.main):
            self.say(f"the list shows the whole library; {self.key_of('find.filter')} there filters it first")
            return
        self.everywhere = not self.everywhere
        self.look(keep=True)

    def choose_kinds(self, _: str) -> None:
        """Choose which kinds of names are listed."""

        def rows() -> list[Choice]:
            return [Choice(f"{'[x]' if one in self.kinds else '[ ]'} {group_title(one)}", one) for one in Group]

        def toggle(value: object) -> list[Choice]:
            if isinstance(value, Group):
                chosen = set(self.kinds) ^ {value}
                self.kinds = tuple(one for one in Group if one in chosen)
                self._limit = PAGE
                self.look()
            return rows()

        self.main.choose("Kinds of names", rows(), Context.OVERLAY, toggle=toggle)

    def go_back(self, _: str) -> None:
        """Close."""
        self.dismiss(None)


def _listed(words: Sequence[str]) -> str:
    text = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return text[:1].upper() + text[1:]
