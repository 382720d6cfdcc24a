"""The lines around the panes: what they say at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from store.article import Mention
from store.library import Change, NoteId, Progress, Scope
from tui.commands.command import Context
from tui.commands.footer import HELP, hints, label
from tui.commands.registry import BY_ID
from tui.render.duration import duration
from tui.render.literal import content
from tui.render.safe import safe
from tui.render.styles import legend
from tui.screens.main import unread
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.bulk import Asked
    from tui.screens.main.hinting import Hinting
    from tui.screens.main.screen import MainScreen
    from tui.screens.main.telling import Told

_LEAST_LEFT = 24
"""Cells that the words at the left keep beside those at the right, margins and the gap between them included."""
_ROOM_FOR_TIME = 76
"""Columns from which on it is told how fast indexing goes on and how long it will take."""


class Status(Struct):
    """What the lines tell beside what can be read off the panes."""

    message: str = ""
    news: list[Told] = []
    """What is told once the line is free of answers, the first first."""
    told: Told | None = None
    """The news that the line shows now."""
    asked: Asked | None = None
    """What the very next key may confirm."""
    repeatable: Change | None = None
    """The last change that can be made again elsewhere."""
    tagged_with: tuple[str, ...] = ()
    """The tags that were put on something last."""
    undo_asked: str = ""
    """The step that a second undo takes back, if it is the very next key."""
    looked: bool = False
    """The indexer has looked at every file."""
    told_standing: bool = False
    """What became of annotated articles has been told."""
    told_warnings: int = 0
    """How many of the annotation file's warnings have been told."""
    refused: str = ""
    """Why the annotation file cannot be used any more, as it was told."""
    stepped: float = 0.0
    """When the list's cursor moved last, on the clock that only goes forward."""
    saving: int = 0
    """Changes on their way to the disk."""
    saved: bool = False
    """Something was changed in this session, and all of it is on disk."""
    progress: Progress | None = None
    standby: bool = False
    generation: int = -1
    """Of the index, when it was last looked at while another session writes it."""
    arrivals: int = 0
    """Articles that came into the list by themselves since its query was run."""
    names_written: int = 0
    """How often the index has got other names since the start, as far as it tells: corrected ones, or the last ones."""
    names_seen: int = 0
    """How much had been said about names when text and panel were last told of it."""
    searches_seen: int = 0
    """How often saved searches had changed when the views were last told of it."""
    scope: Scope = Scope.HERE
    """How far the last correction of a name reached."""
    rule_news: int = 0
    """Articles that are new to rules, when these last looked."""
    order: str = "date"
    """The order of the list, as the query language names it."""
    name_articles: int | None = None
    """In how many articles the current name stands, once counted."""
    hinting: Hinting | None = None
    """The labels that lie over what can be chosen."""
    last_pane: Widget | None = None
    note_here: NoteId | None = None
    """The note whose words are shown beside or below the text."""
    listed: object = None
    """What the panel's rows were made of."""
    measured: tuple[object, str] = (None, "")
    """What is selected, and how much that is in words."""


def begin(screen: MainScreen, command_id: str) -> None:
    """Forget what was told, as another command is carried out; labels are taken off where it is none of theirs."""
    state = screen.status
    state.message = ""
    if state.told in state.news:
        state.news.remove(state.told)
    if screen.status.hinting is not None and not command_id.startswith("hint."):
        screen.status.hinting.end()


def last_pane(screen: MainScreen) -> Widget:
    """Return the pane that had the focus last."""
    return screen.status.last_pane or screen.articles


def show(screen: MainScreen) -> None:
    """Bring every line up to date; a line whose words are the same does not repaint."""
    if not screen.is_mounted:
        return
    if screen.greets:
        from tui.screens.main import first_start  # only the very first start shows it

        first_start.show(screen)
    screen.query_one(HeaderLine).show(_where(screen), _hints(screen))
    screen.query_one(ViewsBar).show_view(screen.view)
    if not screen.prompt.asking:
        _show_tags(screen)
    left = _left(screen)  # which says whether news are told
    whole = bool(screen.status.message or screen.status.told)
    screen.query_one(StatusLine).show(left, _right(screen), whole=whole)
    screen.query_one(KeyFooter).show_keys(_keys(screen))
    for tell in screen.told:
        tell()


def _where(screen: MainScreen) -> Content:
    parts = [named_roots(screen), screen.view.name]
    if words := (screen.listed[1] if screen.prompt.asking else screen.filter):
        parts.append(f"“{words}”")
    parts.append(_counted(screen))
    if screen.articles.folds.on:
        hidden = screen.articles.folds.hidden
        parts.append(f"{hidden:,} {'copy' if hidden == 1 else 'copies'} folded")
    if screen.triage:
        parts.append("triage: a number tags and goes on")
    if screen.articles.marked:
        from tui.screens.main import selecting  # a start marks none

        parts.append(selecting.counted(screen))
    if screen.status.arrivals:
        parts.append(f"{screen.status.arrivals:,} new")
    if screen.status.rule_news:
        keys = screen.host.keys_of(BY_ID["search.rules"])
        parts.append(f"{screen.status.rule_news:,} for your rules" + (f" ({keys[0]})" if keys else ""))
    return content(safe(" · ".join(parts)))


def _counted(screen: MainScreen) -> str:
    # The first page of a start is of the whole library.
    count = len(screen.articles.keys) if screen.rest_of is None else screen.found
    count = screen.library.counts().articles if screen.first_page else count
    return f"{count:,} article{'' if count == 1 else 's'}"


def named_roots(screen: MainScreen) -> str:
    """Name what is read."""
    names = [f"{root.name or root}/" for root in screen.library.roots]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


ORDERS = {
    "date": "newest first", "-date": "oldest first", "title": "by title", "-title": "by title, from Z",
    "added": "last added first", "-added": "first added first", "words": "longest first", "-words": "shortest first",
    "relevance": "best match first",
}  # fmt: skip
"""How the order of a list is told, by its name in the query language."""


def _hints(screen: MainScreen) -> str:
    order = ORDERS.get(screen.status.order, screen.status.order)
    if screen.articles.grouped:
        order += f", by {screen.groups_by}"
    return f"{order} · another session indexes" if screen.status.standby else order


def _show_tags(screen: MainScreen) -> None:
    digits = {digit: name for name, digit in screen.articles.digits.items()}
    tags = screen.library.marks(screen.opened.stored.article.id).tags if screen.opened else ()
    if screen.reader.passage is not None:
        from tui.screens.main import notes_here

        # The tags that keys put on and take off are those of the note.
        tags = note.tags if (note := notes_here.current_note(screen)) is not None else tags
    on = frozenset(tags)
    screen.query_one(TagBar).show_tags(digits, on, legend(screen.names_shown, palette=screen.reader.palette))


def _left(screen: MainScreen) -> Content:
    state = screen.status
    state.told = None
    if state.message:
        return content(safe(state.message))
    chosen = screen.panel.chosen if screen.focused is screen.panel else None
    if chosen is not None and isinstance(chosen.value, Mention):
        parts = (chosen.text, screen.reader.kind_of(chosen.value), f"{chosen.detail} here")
        return content(safe(" · ".join(parts)))
    reader = screen.reader
    if reader.selected is not None or reader.passage is not None:
        from tui.screens.main import notes_here, selection

        words_here = selection.status_words(screen) or notes_here.status_words(screen)
        if words_here:
            return content(safe(words_here))
    mention = reader.current
    if mention is not None:
        index, count = reader.current_index
        words = [mention.entity or mention.label.lower(), reader.kind_of(mention), f"{index} of {count} here"]
        if state.name_articles is not None:
            at_least = ">= " if state.progress is not None else ""
            plural = "" if state.name_articles == 1 else "s"
            words.append(f"{at_least}{state.name_articles:,} article{plural}")
        return content(safe(" · ".join(words)))
    here = screen.opened.stored.article.id if screen.opened is not None else ""
    news = next((each for each in state.news if each.article in ("", here)), None)
    if news is not None and screen.is_current and not screen.prompt.asking and screen.writing is None:
        state.told = news
        return content(safe(news.words))
    if screen.alone:
        return Content("")
    if screen.in_reader or screen.opened is None:
        told = unread.reason(screen.opened.stored) or screen.opened.stored.article.title if screen.opened else ""
        return content(safe(told))
    if screen.words and screen.articles.tall == 1:
        from tui.screens.main import snippets

        line = snippets.current_line(screen)
        if line is not None:
            return line
    tags = screen.library.marks(screen.opened.stored.article.id).tags
    if tags:
        return content(safe("tags: " + " ".join(tags)))
    return content(safe(_source(screen)))


def _source(screen: MainScreen) -> str:
    sources = screen.opened.stored.sources if screen.opened else ()
    if not sources:
        return ""
    path = sources[0].path
    for root in screen.library.roots:
        if path.startswith(f"{root}/"):
            path = path[len(str(root)) + 1 :]
    more = "" if len(sources) == 1 else f" and {len(sources) - 1} more"
    return " · ".join(filter(None, (path + more, unread.no_model(screen.opened.stored) if screen.opened else "")))


def _right(screen: MainScreen) -> Content:
    state = screen.status
    # Each with how little it is missed where there is no room for all.
    parts: list[tuple[int, str]] = []
    if screen.library.read_only:
        parts.append((0, "read-only"))
    elif state.saving:
        parts.append((0, "saving…"))
    elif state.saved:
        parts.append((0, "saved"))
    if not screen.alone:
        parts += [(3, words) for words in _indexing(screen)]
    if screen.opened is not None and screen.query_one("#reading").display:
        percent = screen.reader.percent
        parts.append((1, f"{percent} %"))
        left = screen.opened.stored.words * (100 - percent) / 100 / screen.library.config.pace
        if left >= 0.5:
            parts.append((2, f"{duration(max(1, round(left)) * 60, least=60)} left"))
    # A message is read whole; else the words at the left are cut before those at the right go.
    room = screen.size.width - max(_LEAST_LEFT, cell_len(safe(state.message)) + 4)
    while len(parts) > 1 and len(" · ".join(words for _, words in parts)) > room:
        parts.remove(max(parts, key=lambda part: part[0]))
    return Content.assemble((" · ".join(words for _, words in parts), "$quiet"))


def _indexing(screen: MainScreen) -> list[str]:
    """Tell how far the index is."""
    parts = []
    counts, done = screen.library.counts(), screen.status.progress
    if done is not None:
        word = {"scan": "looking", "read": "reading", "analyse": "names"}.get(done.stage, done.stage)
        parts.append(f"{word} {done.done:,}/{done.total:,}" if done.total else f"{word} {done.done:,}")
        if done.seconds and screen.size.width >= _ROOM_FOR_TIME:
            parts[-1] += f" ({done.rate:,.0f}/s, {duration(done.seconds)})"
    elif counts.analysed < counts.articles:
        parts.append(f"names {counts.analysed:,}/{counts.articles:,}")
    if counts.problems:
        parts.append(f"{counts.problems} unreadable")
    return parts


def _keys(screen: MainScreen) -> list[tuple[str, str]]:
    contexts, keys_of = screen.contexts(), screen.host.keys_of
    shown = hints(contexts[0], keys_of, on_name=screen.reader.current is not None, empty=not screen.articles.keys)
    help_key = label(BY_ID[HELP], keys_of(BY_ID[HELP]))
    shown = screen.prompt.keys(shown)
    return [*shown, (help_key, BY_ID[HELP].footer)] if Context.MAIN in contexts and help_key else shown
