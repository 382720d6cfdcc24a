"""The screen of your tags: a tree with what bears them, renamed, merged, deleted and put on number keys there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from store.errors import DatelineError
from store.library import AssignDigit, DeleteTag, RenameTag, TagOrder, TagReach, normal_tag
from tui.commands.command import Context
from tui.render.ago import ago
from tui.render.note_row import age
from tui.screens.main import saving
from tui.screens.main.proposals import propose_tag
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice
from tui.widgets.question import Question

if TYPE_CHECKING:
    from store.library import TagBranch
    from tui.screens.main.screen import MainScreen

NARROW = 66
"""Columns below which the counts are written shorter."""


class TagsScreen(RowsScreen):
    """Closed with the tag whose articles are to be shown handed to `show` or `narrow`, or with nothing."""

    KIND = Context.TAGS
    ACTIONS: ClassVar[dict[str, str]] = {
        "tags.show": "show_articles",
        "tags.filter": "filter_articles",
        "tags.digit": "put_on_digit",
        "tags.rename": "ask_name",
        "tags.delete": "ask_delete",
        "tags.order": "change_order",
        "tags.undo": "undo",
        "tags.redo": "redo",
    }

    def __init__(self, main: MainScreen, show: Callable[[str], None], narrow: Callable[[str], None]) -> None:
        super().__init__(main)
        self._show = show
        self._filter = narrow
        self._order = TagOrder.NAME
        self._seen = -1
        self._branches: list[TagBranch] = []
        self._by_name: dict[str, TagBranch] = {}
        self._now = datetime.now().astimezone()

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def rows(self) -> Sequence[Choice]:
        """Return the tags as a tree; narrowed, each by its whole name."""
        if self.stale():
            self._branches = self.library.tag_tree(self._order)
            self._by_name = {branch.name: branch for branch in self._branches}
            self._seen = self.library.tag_changes
        self._now = datetime.now().astimezone()
        words = self.words.casefold().split()
        if not words:
            return [self._row(branch) for branch in self._branches]
        found = [one for one in self._branches if all(word in one.name.casefold() for word in words)]
        return [self._row(branch, flat=True) for branch in found]

    def nothing(self) -> str:
        """Say how to make some, while there are none."""
        empty = f"no tags yet; {self.key_of('tag.edit')} puts one on the article on screen"
        return super().nothing() if self._branches else empty

    def stale(self) -> bool:
        """Tell whether the tags have changed since they were read."""
        return self.library.tag_changes != self._seen

    def _row(self, branch: TagBranch, *, flat: bool = False) -> Choice:
        name = branch.name if flat else f"{'  ' * branch.depth}{branch.step}"
        return Choice(f"{branch.own.digit or ' '}  {name}", branch.name, self._detail(branch))

    def _detail(self, branch: TagBranch) -> str:
        narrow = self.size.width < NARROW
        articles = f"{branch.articles:,}"
        if branch.articles != branch.own.articles:
            articles += f" ({branch.own.articles:,})" if narrow else f" ({branch.own.articles:,} itself)"
        notes = f"{branch.notes:,}" if branch.notes else ""
        used = age(branch.last_used, self._now) if branch.last_used is not None else ""
        return f"{articles:>{11 if narrow else 18}}{notes:>7}{used:>9}"

    def columns(self) -> str:
        """Return what stands over the counts."""
        return f"{'articles':>{11 if self.size.width < NARROW else 18}}{'notes':>7}{'last use':>9}"

    def heading(self) -> tuple[str, str]:
        """Return how many tags are listed, and in which order."""
        count = len(self.listed.choices) if self._branches else 0
        narrowed = f" · “{self.words.strip()}”" if self.words.strip() else ""
        return f"Your tags{narrowed} · {count:,} tag{'' if count == 1 else 's'}", f"by {self._order}"

    def about(self) -> str:
        """Return the whole name of the tag under the cursor, and its counts in words."""
        branch = self._current
        if branch is None:
            return ""
        reach = TagReach(branch.articles, branch.notes, entities=branch.entities)
        parts = [branch.name, _counted(reach) or "on nothing"]
        if branch.own.digit:
            parts.append(f"on key {branch.own.digit}")
        if branch.last_used is not None:
            parts.append(f"last used {ago(branch.last_used, self._now)}")
        return " · ".join(parts)

    @property
    def _current(self) -> TagBranch | None:
        chosen = self.listed.chosen
        return self._by_name.get(str(chosen.value)) if chosen is not None else None

    # ---- commands ----------------------------------------------------------------------------------------------------
    def show_articles(self, _: str) -> None:
        """Show the articles with the tag under the cursor."""
        branch = self._current
        if branch is not None:
            self.dismiss(None)
            self._show(branch.name)

    def filter_articles(self, _: str) -> None:
        """Filter the list to the articles with the tag under the cursor, within the filter that there is."""
        branch = self._current
        if branch is not None:
            self.dismiss(None)
            self._filter(branch.name)

    def change_order(self, _: str) -> None:
        """List the tags in the next order."""
        orders = list(TagOrder)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._seen = -1
        self.read()

    def put_on_digit(self, key: str) -> None:
        """Put the tag on a number key; the key it is on already is freed."""
        branch = self._current
        if branch is None:
            return
        if len(key) != 1:
            self.say("press a number from 1 to 9")
            return
        free = branch.own.digit == int(key)
        saving.save(self.main, AssignDigit(int(key), None if free else branch.name))

    def ask_name(self, _: str) -> None:
        """Ask for another name, saying how much it touches."""
        branch = self._current
        if branch is None:
            return
        old, reach = branch.name, self.library.tag_reach(branch.name)
        own = {old, *reach.below}
        names = [use.name for use in self.library.tags() if use.name not in own]

        def take(text: str) -> None:
            try:
                new = normal_tag(text) if text.strip() else old
            except DatelineError as error:
                self.say(str(error))
                return
            if new == old:
                self.say("the name stays")
            else:
                self._rename(old, new)

        label = f"rename {old} ({_reached(reach)}) to:"
        self.ask(Question(label, take, old, lambda text, at: propose_tag(text, at, names)),
                 (f"{_reached(reach)}: {old}", "new name:"))  # fmt: skip

    def _rename(self, old: str, new: str) -> None:
        there = self.library.tag_reach(new)
        known = next((use.name for use in self.library.tags() if use.name.casefold() == new.casefold()), None)
        change = RenameTag(old, new)
        said = f"renaming {old}…"
        if known is None or known.casefold() == old.casefold():
            saving.save(self.main, change, said)
            return
        told, ways = _counted(there) or "on nothing yet", f"enter merges, {self.key_of('prompt.cancel')} leaves"
        self.ask(Question(
            f"merges into {known} ({told}): {ways}",
            lambda _: saving.save(self.main, change, said),
            cancelled=lambda: self.say("nothing merged"),
        ), (f"merges into {known}, {told}", ways), 4)  # fmt: skip

    def ask_delete(self, _: str) -> None:
        """Delete the tag, once the user has seen what bears it and said yes."""
        branch = self._current
        if branch is not None:
            name, reach = branch.name, self.library.tag_reach(branch.name)
            self.confirm(
                f"delete {name} ({_reached(reach)})?",
                lambda: saving.save(self.main, DeleteTag(name), f"deleting {name}…"),
                (f"{_reached(reach)}: {name}", "delete?"),
            )


def _counted(reach: TagReach) -> str:
    """Write counts: "37 articles, 2 notes"; empty for nothing."""
    counts = ((reach.articles, "article"), (reach.notes, "note"), (reach.entities, "name"))
    return ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)


def _reached(reach: TagReach) -> str:
    below = len(reach.below)
    parts = [_counted(reach), f"{below:,} tag{'' if below == 1 else 's'} below" if below else ""]
    return ", ".join(part for part in parts if part) or "on nothing"
