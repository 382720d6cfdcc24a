"""The programs that are compared: what each is started on, how each thing is done in it, where it shows what."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bench import subjects
from bench.mail import Mail, mark_unread, write_maildir
from bench.make_library import Sample, moment
from bench.peers.watched import WatchedTerminal
from bench.subjects import Subject

PEERS = ("newsboat", "neomutt", "aerc")
TAG = "bench"
COLUMNS, LINES = 120, 40
Span = tuple[int, int]
"""The first, and the one after the last."""


@dataclass(frozen=True)
class Program:
    """A program, and how a reader does in it what is measured. `{}` stands for the word that is searched."""

    subject: Subject
    list_rows: Span
    """Lines of the screen that may hold titles."""
    text_rows: Span
    """Lines of the screen that hold the text and nothing else, once it is scrolled."""
    titles: tuple[str, ...]
    """What finds articles by a word in the title."""
    texts: tuple[str, ...]
    """What finds articles by a word anywhere."""
    clear: tuple[str, ...]
    """Keys back to all articles."""
    tag: tuple[str, ...]
    """What tags or flags the chosen article; the last key is timed."""
    tagged: str
    """A regular expression for the article's line, and the screen below it, once that is done."""
    back: tuple[str, ...] = ("q",)
    """Keys from the text to the list."""
    leave_texts: tuple[str, ...] = ()
    """Likewise, after a search for a word anywhere, where that is another thing."""
    untag: tuple[str, ...] = ()
    """Keys that take the tag off again."""
    pane: int = 0
    """In which of the panes that "│" parts the text stands; the list stands in the first."""
    list_columns: Span = (0, COLUMNS)
    follows: bool = False
    """Whether the text follows the cursor without a key, and the list what is typed."""
    ready: Callable[[WatchedTerminal], None] = lambda terminal: None
    """Prepares it for `tag`, which is not timed."""
    whole: bool = False
    """Whether words are found whole, or by their beginnings; else anywhere within words."""
    said: str = ""
    """What the screen says once a search has been done, beside the list."""
    afresh: Callable[[], None] = lambda: None
    """Takes back what reading has changed; called while it does not run."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.subject.name

    def terminal(self, pace: float = 1.0) -> WatchedTerminal:
        """Return a terminal that runs it as if for the first time, to be entered with `with`."""
        self.afresh()
        return WatchedTerminal(self.subject.command, self.subject.environment, COLUMNS, LINES, pace=pace)


def installed() -> list[str]:
    """Return which of the others are here."""
    return [name for name in PEERS if shutil.which(name)]


def programs(articles: list[Sample], library: Path, home: Path, names: Iterable[str]) -> list[Program]:
    """Return Dateline on a library, and the named others on the same articles, which are written where they are not."""
    others = {"newsboat": _newsboat, "neomutt": _neomutt, "aerc": _aerc}
    return [dateline(library, home / "home"), *(others[name](articles, _made(home / name)) for name in names)]


def dateline(library: Path, home: Path) -> Program:
    """Return Dateline: the text stands beside the list, the list follows what is typed, a number tags."""
    subject = subjects.dateline(library, home)
    places = subject.places
    assert places is not None

    def afresh() -> None:
        # Tags, and where the reader was in each text.
        shutil.rmtree(home / ".local/share/dateline", ignore_errors=True)
        subjects.begin_anew(places)

    return Program(
        subject=replace(subject, places=None),
        list_rows=(1, LINES - 3),
        list_columns=(0, 35),
        text_rows=(1, LINES - 3),
        pane=1,
        titles=("f", "title:{}"),
        texts=("f", "{}"),
        clear=("enter", "esc"),
        tag=("1",),
        tagged=rf" 1\s*│[\s\S]*Tagged: {TAG}",  # which it says once the disk has it
        follows=True,
        ready=_put_tag_on_one,
        untag=("1",),
        back=("h",),
        whole=True,
        said="“{}”",
        afresh=afresh,
    )


def _put_tag_on_one(terminal: WatchedTerminal) -> None:
    """Let the number 1 put a tag on."""
    terminal.send("1")
    terminal.wait_for("tag for 1")
    terminal.send(*TAG, "enter")
    terminal.wait_for(f"Tagged: {TAG}")
    terminal.send("1")
    terminal.wait_for(f"Untagged: {TAG}")
    terminal.settle(1.0)


def _newsboat(articles: list[Sample], home: Path) -> Program:
    subject = subjects.newsboat(len(articles), home)
    assert subject is not None

    def afresh() -> None:
        with closing(sqlite3.connect(subjects.newsboat_cache(len(articles), home))) as cache, cache:
            cache.execute("UPDATE rss_item SET unread=1, flags='' WHERE unread=0 OR flags<>''")

    return Program(
        subject=replace(subject, top=("g",), leave=("Q",)),
        list_rows=(1, LINES - 2),
        text_rows=(1, LINES - 2),
        titles=("F", 'title =~ "{}"', "enter"),
        texts=("/", "{}", "enter"),
        clear=("ctrl+f",),
        leave_texts=("q",),
        tag=("ctrl+e", "f", "enter"),
        tagged="N?!",
        afresh=afresh,
    )


def _neomutt(articles: list[Sample], home: Path) -> Program:
    mail = _mail(articles, home)
    rc = home / "neomuttrc"
    rc.write_text(
        f'set folder="{mail.parent}"\nset header_cache="{home / "headers"}"\nset sort=reverse-date\n'
        "set menu_scroll\nset pager_stop\nset sleep_time=0\nset quit=yes\nunset resolve\nunset mark_old\n"
        "ignore *\nunignore from date subject\n"
        "bind index j next-entry\nbind index k previous-entry\n"
    )
    return Program(
        subject=_subject("neomutt", home, "-n", "-F", str(rc), "-f", str(mail), top=("=",)),
        list_rows=(1, LINES - 2),
        text_rows=(1, LINES - 2),
        titles=("l", "~s {}", "enter"),
        texts=("l", "~s {} | ~b {}", "enter"),
        clear=("l", "ctrl+u", "all", "enter"),
        tag=("F",),
        tagged="!",
        untag=("F",),
        afresh=lambda: mark_unread(mail),
    )


def _aerc(articles: list[Sample], home: Path) -> Program:
    mail = _mail(articles, home)
    config = _made(home / "user/.config/aerc")
    (config / "accounts.conf").write_text(
        f"[bench]\nsource = maildir://{mail.parent}\ndefault = INBOX\nfrom = reader@example.org\ncheck-mail = 0\n"
    )
    (config / "accounts.conf").chmod(0o600)
    (config / "aerc.conf").write_text(
        "[ui]\nsort = -r date\n[viewer]\npager = less -Rc\n[filters]\ntext/plain=colorize\n"
    )
    # Its own keys, but for the flag, which has none.
    (config / "binds.conf").write_text(
        "[messages]\nq = :quit<Enter>\nj = :next<Enter>\nk = :prev<Enter>\n<PgDn> = :next 100%<Enter>\n"
        "g = :select 0<Enter>\n<Enter> = :view<Enter>\n\\ = :filter<space>\n<Esc> = :clear<Enter>\n"
        "F = :flag -t -x Flagged<Enter>\n[view]\nq = :close<Enter>\nJ = :next<Enter>\nK = :prev<Enter>\n"
    )
    return Program(
        subject=_subject("aerc", home, top=("g",)),
        list_rows=(1, LINES - 1),
        list_columns=(20, COLUMNS),
        text_rows=(5, LINES - 2),
        titles=("\\", "{}", "enter"),
        texts=("\\", "-a {}", "enter"),
        clear=("esc",),
        tag=("F",),
        tagged="!",
        untag=("F",),
        afresh=lambda: mark_unread(mail),
    )


def _subject(name: str, home: Path, *arguments: str, top: tuple[str, ...]) -> Subject:
    environment = subjects.environment(_made(home / "user"))
    return Subject(name, (shutil.which(name) or name, *arguments), environment, "", open=("enter",), top=top)


def _mail(articles: list[Sample], home: Path) -> Path:
    """Return a Maildir of the articles; each program has its own, since reading and flagging change it."""
    folder = home / f"mail-{len(articles)}" / "INBOX"
    if not folder.exists():
        # Without a number in it: searches go through the names of messages, too.
        named = str.maketrans("0123456789", "abcdefghij")
        write_maildir(
            folder,
            (
                Mail(str(rank).translate(named), one.title, moment(rank, one), one.text)
                for rank, one in enumerate(articles)
            ),
        )
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
