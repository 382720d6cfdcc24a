"""Choosing a view: the fixed ones, saved searches, tags and folders, each with its live count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tui.commands.command import Context
from tui.commands.registry import BY_ID
from tui.screens.main import listing
from tui.screens.main.handlers import does
from tui.screens.main.views import FIXED, IN_NEED, View, folder_view, saved_view, tag_view
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from store.library import Name
    from tui.screens.choose import ChooseScreen
    from tui.screens.main.screen import MainScreen


def show_view(screen: MainScreen, view: View) -> None:
    """Choose a view; the filter goes with the old one."""
    screen.view = view
    screen.filter = ""
    screen.enter(screen.articles)
    listing.run(screen, keep=False)


class _Offer(Struct):
    """What can be chosen, as far as it is known yet: folders and counts come while it is on the screen."""

    screen: MainScreen
    fixed: Sequence[View]
    saved: Sequence[View]
    tags: Sequence[View]
    folders: Sequence[View] = ()
    counts: dict[View, int] = field(default_factory=dict)

    def rows(self) -> list[Choice]:
        """Return the rows of the box, under their headings."""
        wanted = [view for view in self.fixed if view not in IN_NEED or self.counts.get(view, 0) > 0]
        keys = self.screen.host.keys_of(BY_ID["note.list"])
        rows = [*self._group("Views", wanted), *self._group("Saved searches", self.saved)]
        rows += [*self._group("Tags", self.tags), *self._group("Folders", self.folders)]
        notes = Choice("  All notes and highlights", "notes", keys[0] if keys else "")
        rows += [Choice("Lists", heading=True), notes, self._list("tag.list", "  Your tags")]
        return [*rows, self._list("search.list", "  Your saved searches")] if self.saved else rows

    def _list(self, command: str, text: str) -> Choice:
        keys = self.screen.host.keys_of(BY_ID[command])
        return Choice(text, command, keys[0] if keys else "")

    def _group(self, heading: str, views: Sequence[View]) -> list[Choice]:
        if not views:
            return []
        found = [Choice(heading, heading=True)]
        for view in views:
            count = self.counts.get(view)
            number = "" if count is None else "wrong" if count < 0 else f"{count:,}"
            query = view.query if view.saved else ""
            found.append(Choice(f"  {view.name}{f'  {query}' if query else ''}", view, number))
        return found


@does("view.choose")
def choose_view(screen: MainScreen, _: str) -> None:
    """Offer all views at once; their counts arrive while they are shown."""
    saved = [saved_view(search) for search in screen.library.searches()]
    tags = [tag_view(use.name) for use in screen.library.tags()]
    offer = _Offer(screen, [*FIXED, *IN_NEED], saved, tags)

    def chosen(value: object) -> None:
        if isinstance(value, View):
            show_view(screen, value)
        elif value == "notes":
            screen.host.perform(BY_ID["note.list"], on=screen)
        elif isinstance(value, str):
            screen.host.perform(BY_ID[value], on=screen)

    box = screen.choose("View", offer.rows(), Context.CHOICE, chosen)
    _count(screen, box, offer, [*offer.fixed, *saved])
    tags_above = [view for view in tags if any(_is_below(other.name, view.name) for other in tags)]
    _count(screen, box, offer, tags_above)

    def know_tags(names: Sequence[Name]) -> None:
        found = {name.text.casefold(): name.articles for name in names}
        for view in tags:
            if view not in tags_above:
                offer.counts[view] = found.get(view.name.casefold(), 0)
        box.refill(offer.rows())

    def know_folders(names: Sequence[Name]) -> None:
        roots = [str(root).rstrip("/") + "/" for root in screen.library.roots]
        inside = [(name, root) for name in names for root in roots if name.text.startswith(root) and name.text != root]
        several = len(roots) > 1
        found = {folder_view(name.text, name.text if several else name.text[len(root) :]): name.articles
                 for name, root in inside}  # fmt: skip
        offer.folders = sorted(found, key=lambda view: view.name.casefold())
        offer.counts |= found
        box.refill(offer.rows())

    # Of thousands of them all counts come by one statement.
    _ask(screen, "tag", know_tags)
    _ask(screen, "path", know_folders)


def _is_below(name: str, top: str) -> bool:
    return name.casefold().startswith(top.casefold() + "/")


def _ask(screen: MainScreen, what: str, then: Callable[[Sequence[Name]], None]) -> None:
    screen.when_done(screen.library.names(what), then, lambda _: None)


def _count(screen: MainScreen, box: ChooseScreen, offer: _Offer, views: Sequence[View]) -> None:
    """Count views by their queries, and show the counts when all have come."""
    if not views:
        return

    def know(counts: list[int]) -> None:
        offer.counts |= dict(zip(views, counts, strict=True))
        box.refill(offer.rows())

    queries = [listing.within(screen, view) for view in views]
    screen.when_done(screen.library.count(queries), know, lambda _: None)
