"""From the main screen to the list of tags and back: to the articles with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.key_words import key_of
from tui.screens.main import listing, viewing
from tui.screens.main.handlers import does
from tui.screens.main.views import tag_view

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("tag.list")
def all_tags(screen: MainScreen, _: str) -> None:
    """List all tags, once the annotations are read."""

    def show() -> None:
        from tui.screens.tags import TagsScreen

        def narrow(tag: str) -> None:
            query = tag_view(tag).query
            if query not in screen.filter.split():
                screen.filter = f"{screen.filter} {query}".strip()
            screen.enter(screen.articles)
            listing.run(screen, keep=True)
            screen.say(f"articles with {tag}; {key_of(screen, 'step.out')} takes the filter off")

        screen.status.message = ""
        screen.app.push_screen(TagsScreen(screen, lambda tag: viewing.show_view(screen, tag_view(tag)), narrow))

    screen.once_loaded(show)
