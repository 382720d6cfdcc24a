"""The main screen: list, reader and names side by side, the lines around them, and who does what."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget

from store.article import ArticleKey
from store.library import GROUPINGS, SORTS, Library, ListGroup, Message, Ready, Scope
from tui.commands.command import Command, Context
from tui.screens.host import Host
from tui.screens.main import listing, naming, notes_here, panes, reading, resuming, saving, snippets, status
from tui.screens.main.handlers import answered, handler_of
from tui.screens.main.opened import Opened, Place
from tui.screens.main.panel import APART
from tui.screens.main.parts import Parts
from tui.screens.main.views import ALL, View
from tui.widgets.article_list import ArticleList
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.prompt import Prompt
from tui.widgets.reader_view import ReaderView
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from store.library.note_rows import NoteRow
    from tui.screens.choose import ChooseScreen
    from tui.screens.main import noting

_Result = TypeVar("_Result")


class MainScreen(Parts):
    """Everything that is open all day."""

    def __init__(self, library: Library, *, query: str = "", ascii_only: bool = False) -> None:
        super().__init__()
        self.library = library
        self.ascii_only = ascii_only
        self.view: View = ALL
        self.filter = query
        self.listed: tuple[View, str] = (ALL, "")
        """The view and the filter that the list is of."""
        self.opened: Opened | None = None
        self.came_from: deque[Place] = deque(maxlen=100)
        self.triage = False
        self.order = "date"
        """In which order lists are, where no query says another."""
        self.grouping = "none"
        """In which groups lists are."""
        self.groups_by = "none"
        """What the present list is grouped by."""
        self.pipe: asyncio.Future[None] | None = None
        """The command that articles are being piped to."""
        self.pipe_name = ""
        self.pipe_group = 0
        """Its process group, once it runs."""
        self.written: tuple[str, ...] = ()
        """Lines that were written on the command line, the newest last."""
        self.piped: tuple[str, ...] = ()
        """Commands that articles were piped to, the newest last."""
        self.groups: Sequence[ListGroup] = ()
        """The groups of the list, as its query has found them."""
        self.marks_of = 0
        """How often the index had been built anew when articles were marked."""
        self.range_from: int | None = None
        """The key of the article where a range of marks begins."""
        self.alone = False
        self.status = status.Status()
        self.words: tuple[str, ...] = ()
        """The words that the list was filtered by."""
        self.snippets = snippets.Snippets()
        self.writing: noting.Writing | None = None
        self.unsaved: list[tuple[noting.Writing, str]] = []
        """Notes that the disk refused while the next one was being written: they come back when that is closed."""
        self.preparing_note = False
        """The pane that notes are written in is being put in, for the first time."""
        self.names_shown: frozenset[str] = frozenset(library.config.shown)
        self.panel_wanted: bool | None = None
        self.joined = APART
        """Which names count as one, as the user has said."""
        self.placing: NoteRow | None = None
        """A note in hand, that waits for a passage to be put on."""
        self.told: list[Callable[[], None]] = []
        """Called when the lines tell something: a screen laid over this one tells it too."""
        self.first_index = False
        """The list began empty: it fills by itself until the indexer has looked at every file once."""
        self.return_to: ArticleKey | None = None
        """The key of the article that was left last, while the list does not hold it yet."""
        self.to_count = False
        """Articles came or went since the views were counted."""
        self.follow_timer: Timer | None = None
        self.fill_timer: Timer | None = None
        self.rest_timer: Timer | None = None
        self.news_timer: Timer | None = None
        self.successors: dict[int, int] = {}
        """By the keys of texts that were edited away: what is in their place. A list may be of before."""
        self.new_keys: set[int] = set()
        """The keys of articles that came into the list since its query was run."""
        self.news_due = 0.0
        """When news may be taken into the list again."""
        self.count_timer: Timer | None = None
        self.resumed = resuming.Resumed()

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast(Host, self.app)

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up, in order."""
        if self.prompt.asking:
            return (Context.PROMPT,)
        if self.note_focused:
            return (Context.EDITOR,)
        return panes.contexts(self)

    @property
    def holds_keys(self) -> bool:
        """Whether keys have to wait: what they are meant for is on its way."""
        return self.is_waiting or self.prompt.preparing or self.preparing_note

    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command."""
        status.begin(self, command.id)
        if not answered(self, command.id, key):
            handler_of(command.id)(self, key)
        naming.point(self)
        status.show(self)

    # ---- words for the user ----------------------------------------------------------------------------------------
    def say(self, message: str) -> None:
        """Tell something in the status line, until the next key."""
        self.status.message = message
        status.show(self)

    def show_status(self) -> None:
        """Bring the lines around the panes up to date."""
        status.show(self)

    def choose(
        self,
        title: str,
        choices: Sequence[Choice],
        context: Context,
        then: Callable[[object], None] | None = None,
        *,
        toggle: Callable[[object], list[Choice]] | None = None,
    ) -> ChooseScreen:
        """Lay a box over the screen, and call `then` with what is chosen in it, or None."""
        from tui.screens.choose import ChooseScreen  # a start shows none

        box = ChooseScreen(title, choices, context, toggle=toggle)
        self.app.push_screen(box, then)
        return box

    # ---- life ------------------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Show what is known at once; everything else follows the first paint."""
        self.reader.measure = self.host.habits.measure or self.library.config.measure
        self.reader.centred, self.greets = True, not self.host.habits.greeted
        if self.host.session.shown:
            self.names_shown = frozenset(self.host.session.shown)
        self.reader.set_shown_groups(self.names_shown)
        config, last = self.library.config, self.host.session
        self.order = last.order if last.order in SORTS else config.order
        self.grouping = last.grouping if last.grouping in GROUPINGS else config.grouping
        self.piped, self.written = last.piped, last.written
        self.status.scope = Scope(last.scope) if last.scope in list(Scope) else self.status.scope
        self.articles.columns, self.articles.pace = config.row, config.pace
        self.articles.roots = [str(root) for root in self.library.roots]
        self.enter(self.articles)
        resuming.begin(self)
        status.show(self)
        self.set_timer(0.05, self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.host.has_painted or self.prompt.preparing:
            self.set_timer(0.01, self._after_first_paint)  # what follows would hold the frame up
            return
        self.when_done(
            self.library.load_annotations(),
            lambda _: saving.annotations_loaded(self),
            lambda error: saving.annotations_refused(self, error),
        )
        listing.renew(self)
        self.host.start_indexer()
        handler_of("run.quit")  # what the first key would else wait for
        self.set_interval(1.0, self._each_second)
        resuming.go_on(self)

    def _each_second(self) -> None:
        """Look around, in one go: on an idle machine it is waking up that costs."""
        from tui.screens.main import filling  # nothing waits for it at a start

        saving.look_for_others(self)
        filling.read_along(self)
        self.host.keep_place()

    def heard(self, message: Message) -> None:
        """Take in what the indexer says."""
        from tui.screens.main import filling, indexing  # the indexer begins after the first paint

        if isinstance(message, Ready):
            self.library.reopen()
            listing.forget_if_rebuilt(self)
        filling.heard(self, message)
        reading.heard(self, message)
        indexing.heard(self, message)

    def on_resize(self, _: events.Resize) -> None:
        """Show what fits the new size."""
        self.call_after_refresh(self.show_panes)
        if self.words:
            self.call_after_refresh(listing.fit, self)

    def enter(self, pane: Widget) -> None:
        """Give a pane the focus; where one pane is shown at a time it takes the place of the others."""
        self.status.last_pane = pane
        panes.arrange(self, pane)
        self.set_focus(pane, scroll_visible=False)

    def show_panes(self) -> None:
        """Show what fits the size, the focus and what is being done."""
        panes.arrange(self, status.last_pane(self))
        notes_here.show(self)
        status.show(self)

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Keys and panes follow the focus, also where the mouse gave it."""
        if self.focused in (self.articles, self.reader, self.panel):
            self.status.last_pane = self.focused
        self.show_panes()

    # ---- what the widgets tell -------------------------------------------------------------------------------------
    @on(ArticleList.Moved)
    def _list_moved(self) -> None:
        reading.follow_soon(self)
        status.show(self)

    @on(ArticleList.Shown)
    def _list_shown(self, event: ArticleList.Shown) -> None:
        self.host.tell_visible(event.ids)
        if self.words:
            snippets.want(self)

    @on(ArticleList.Opened)
    def _list_opened(self) -> None:
        reading.open_current(self)

    @on(ReaderView.Moved)
    def _reader_moved(self, event: ReaderView.Moved) -> None:
        reading.moved(self, event.at_end)
        status.show(self)

    @on(ReaderView.NameChanged)
    def _name_changed(self) -> None:
        naming.name_changed(self)
        notes_here.show(self)
        status.show(self)

    @on(ReaderView.PassageChanged)
    @on(ReaderView.Selected)
    def _passage_changed(self) -> None:
        notes_here.show(self)
        status.show(self)

    @on(ChoiceList.Chosen, "#panel")
    def _panel_chosen(self) -> None:
        naming.go(self, "")

    @on(ViewsBar.Chosen)
    def _view_chosen(self, event: ViewsBar.Chosen) -> None:
        from tui.screens.main import viewing  # a start chooses none

        viewing.show_view(self, cast(View, event.view))

    @on(Prompt.Prepared)
    def _prompt_prepared(self) -> None:
        self.host.release_keys()

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        # The answer may have led to another question.
        if not self.prompt.asking and self.prompt.keeps_focus:
            self.enter(status.last_pane(self))
        status.show(self)

    def on_note_pane_edited(self) -> None:
        """Keep a draft of what is being written."""
        from tui.screens.main import noting

        noting.edited(self)
