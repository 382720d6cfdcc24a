"""One linear session: what is listed and read, and the loop that takes a command and answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from store.article import ArticleKey, EntityKey, Mention, StoredArticle
from store.errors import AnnotationsError, DatelineError, NotFoundError, QueryError, UsageError
from store.library import (
    Change,
    CorrectionId,
    KeyList,
    Library,
    Marks,
    NoteId,
    Read,
    Receipt,
    SetPublished,
    Star,
    Tag,
    TagEntity,
    TagNote,
    Target,
    UndoEntry,
)
from tui.linear import words
from tui.linear.background import Background
from tui.linear.commands_in import CommandsIn
from tui.linear.heard import Heard, Opened
from tui.linear.signals import Signals
from tui.linear.spoken import without_arrows
from tui.linear.voice import Voice

if TYPE_CHECKING:
    from tui.linear.exporting import Exporter

T = TypeVar("T")
_REPEATABLE = (Tag, TagNote, TagEntity, Star, Read, SetPublished)
PAGE = 10
"""Lines of a list that are read at a time."""


class Session:
    """A library that is read line by line. The commands' functions take it as their first argument."""

    def __init__(
        self,
        library: Library,
        voice: Voice,
        commands: CommandsIn,
        signals: Signals,
        exporter: Exporter | None = None,
    ) -> None:
        self.library = library
        self.exporter = exporter
        """What exports as the shell's command does."""
        self.voice = voice
        self.commands = commands
        self.signals = signals
        self.background = Background(library)
        self.query = ""
        self.keys: KeyList = KeyList()
        self.found: tuple[str, ...] = ()
        """The words that the filter looks for."""
        self.generation = -1
        """Of the index, when the list was made."""
        self.at: int | None = None
        """Where in the list the article is that was opened last; None: not in it."""
        self.next_at = 0
        """Where the list goes on from there, also when the article has left it, as what is read leaves the unread."""
        self.opened: Opened | None = None
        self.heard = Heard()
        self.marks_names = False
        """Whether names are marked in what is read."""
        self.names_missing = False
        """Whether it was said that names are being looked for."""
        self.undo_asked = ""
        self.last: Change | None = None
        """The last change that can be made again on another article or name."""
        self.corrected_as = ""
        """How a name was corrected last, as it was written behind it."""
        self.visited: list[tuple[int, int]] = []
        """The articles that were left for others, each with the place in its text."""
        self.order = library.config.order
        """Of the list, where its query does not say another."""
        self.folds = False
        """Whether of near copies one stands for the others."""
        self.over = False

    # ---- for the commands ------------------------------------------------------------------------------------------
    def say(self, text: str) -> None:
        """Say a text, a line for each of its lines."""
        self.voice.say(text)

    def wait(self, asked: Future[T]) -> T:
        """Wait for an answer, which may be given up."""
        with self.signals.waiting():
            return asked.result()

    def save(self, change: Change) -> Receipt:
        """Save a change, and wait until the disk has it.

        Raises:
            AnnotationsError: nothing can be saved, or this was not.
            Ended: the session has to end, and the disk does not answer.
        """
        self.need_writable()
        receipt = self.saved(self.library.change(change))
        if isinstance(change, _REPEATABLE) and not (isinstance(change, Read) and change.automatic):
            self.last = change
        return receipt

    def saved(self, asked: Future[T]) -> T:
        """Wait until the disk has what it was asked to take.

        Raises:
            AnnotationsError: it was not saved.
            Ended: the session has to end, and the disk does not answer.
        """
        with self.signals.saving():
            return asked.result()

    def need_writable(self) -> None:
        """Refuse to begin what could not be saved.

        Raises:
            AnnotationsError: nothing can be.
        """
        if self.library.read_only:
            raise AnnotationsError(f"Not saved: {self.library.read_only}")

    def tell(self, receipt: Receipt, nothing: str) -> None:
        """Say what a change did."""
        self.say(f"{without_arrows(receipt.sentence)}." if receipt.sentence else nothing)

    def hear(
        self,
        opens: Callable[[int], bool] | None = None,
        more: Callable[[], None] | None = None,
        *,
        names: list[EntityKey] | None = None,
        notes: list[NoteId] | None = None,
        corrections: list[CorrectionId] | None = None,
        changes: list[UndoEntry] | None = None,
    ) -> None:
        """Take note of what was just read out: a list keeps its numbers until another one of its kind is read."""
        last = self.heard
        self.heard = Heard(
            opens or last.open,
            more or last.more,
            last.names if names is None else names,
            last.notes if notes is None else notes,
            last.corrections if corrections is None else corrections,
            last.changes if changes is None else changes,
        )

    def ask(self, question: str) -> str:
        """Ask something that a line answers; empty where there is none.

        Raises:
            KeyboardInterrupt: nobody wants to answer.
        """
        # Said, not prompted with: a prompt would go past the voice, and a dumb terminal shows the end of a long one.
        self.say(question)
        self.voice.flush()
        return (self.commands.read("answer: ", remember=False) or "").strip()

    def agreed(self, question: str) -> bool:
        """Ask a question that yes or no answers."""
        return self.ask(f"{question} yes or no:").casefold() in ("y", "yes")

    @property
    def reading(self) -> Opened:
        """The article that is read.

        Raises:
            UsageError: none is open.
        """
        if self.opened is None:
            raise UsageError("No article is open. list reads their titles, open 1 opens the first.")
        return self.opened

    @property
    def marks(self) -> Marks:
        """The marks of the article that is read."""
        return self.library.marks(self.reading.stored.article.id)

    @property
    def target(self) -> Target:
        """The article that is read, as changes name it."""
        stored = self.reading.stored
        try:
            return self.library.target(stored.key)
        except NotFoundError:
            return Target(stored.article.id, stored.article.title, stored.sources)

    def refresh(self) -> None:
        """Read anew what is told of the article that is read, such as its date; its text stays."""
        opened = self.opened
        found = self.library.article(ArticleKey(opened.stored.key)) if opened is not None else None
        if opened is not None and found is not None and found.article.id == opened.stored.article.id:
            opened.stored = found

    def ask_list(self) -> None:
        """Run the list's query.

        Raises:
            QueryError: it cannot be understood.
        """
        queries = [one for one in (self.library.narrowed, self.query) if one]
        written = self.library.written()
        answer = self.wait(self.library.search(*queries, sort=self.order, fold=self.folds))
        self.keys, self.found, self.generation = answer.keys, answer.words, written.generation
        self.point(self.opened.stored.key if self.opened is not None else None)

    def point(self, key: int | None) -> None:
        """Find an article in the list."""
        before, self.at = self.at, self.keys.row_of(key) if key is not None else None
        if self.at is not None:
            self.next_at = self.at + 1
        else:
            # It leaves the list once: what stood behind it moves up.
            self.next_at = min(max(0, self.next_at - (before is not None)), len(self.keys))

    def stored(self, key: int) -> StoredArticle:
        """Return an article of the library.

        Raises:
            NotFoundError: it is gone.
        """
        found = self.library.article(ArticleKey(key))
        if found is None:
            raise NotFoundError("This article is no longer in the library.")
        return found

    def names(self) -> Sequence[Mention]:
        """Return the names of the article that is read, as far as they are known."""
        opened = self.reading
        told = self.background.names_of(opened.stored.article.id)
        if told is not None:
            opened.sent = told.rows
            if told.complete:
                opened.stored = opened.stored.replace(analysed=True, no_model=told.no_model)
        return self.library.names_now(opened.stored, opened.sent)

    # ---- the loop --------------------------------------------------------------------------------------------------
    def run(self, news: Callable[[Session], None]) -> None:
        """Take commands until there are no more; `news` says what has happened before each prompt."""
        while not self.over:
            if self.commands.person:
                news(self)
                # What was pressed while the last command ran was not meant for the next.
                self.signals.forget_interrupt()
            self.voice.flush()
            try:
                line = self.commands.read("> ")
            except KeyboardInterrupt:
                if not self.commands.person:
                    raise
                self.say("\nNothing was done. quit ends Dateline.")
                continue
            if line is None:
                if self.commands.person:
                    self.say("")
                return
            self.obey(line)

    def obey(self, line: str) -> None:
        """Carry out one line."""
        first, _, rest = line.strip().partition(" ")
        try:
            if not first:
                words.WORDS["more"].act(self, "")
            elif first.isdecimal():
                words.WORDS["open"].act(self, line.strip())
            elif first == "?":
                words.WORDS["help"].act(self, rest.strip())
            else:
                words.find(first).act(self, rest.strip())
        except QueryError as error:
            self.say(f"{error} {error.advice}".rstrip())
            self.say(f"That is at character {error.column + 1} of the query; the list is as it was.")
        except DatelineError as error:
            self.say(str(error))
        except KeyboardInterrupt:
            self.say("\nStopped.")
        finally:
            if first and not "undo".startswith(first.casefold()):
                self.undo_asked = ""
