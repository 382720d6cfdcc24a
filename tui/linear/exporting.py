"""What leaves the library: a dossier or data in a file, a citation; and what did not come in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from store.errors import UsageError
from tui.linear import words
from tui.linear.session import PAGE, Session
from tui.linear.spoken import capital, sentence
from tui.render.citation import citation

word = partial(words.word, group="Dateline")


class Exporter(Protocol):
    """`dateline export` for some articles."""

    def file(self, text: str) -> Path:
        """Return the file that the words name."""

    def export(self, text: str, keys: Sequence[int]) -> str:
        """Export these articles as the words say; returns what to say of it."""


@word("export", "Write passages, notes and tags of the list's articles into a file, with the options of dateline "
      "export: export -o kurils.md, export --format jsonl -o kurils.jsonl. export article writes those of the open "
      "article alone.",
      takes="[article] [--format FORMAT] [--group BY] -o FILE", does=("run.export",))  # fmt: skip
def export(session: Session, rest: str) -> None:
    """Export the list, or the article."""
    first, _, behind = rest.partition(" ")
    alone = first == "article"
    options = behind if alone else rest
    if session.exporter is None or not options.strip():
        raise UsageError("Where to? As in: export -o kurils.md. dateline export --help tells of the formats.")
    keys: Sequence[int] = [session.reading.stored.key] if alone else session.keys
    file = session.exporter.file(options)
    if file.is_file() and not session.agreed(f"{file.name} exists. Replace it?"):
        session.say("Nothing was exported; the file is as it was.")
        return
    session.say(sentence(capital(session.exporter.export(options, keys))))


@word("cite", "Read how to cite the article: byline, title, date and where it is.", also=("copy",), does=("copy.text",))
def cite(session: Session, rest: str) -> None:
    """Read the citation of the article."""
    session.say(citation(session.reading.stored))


@word("problems", "Read which files could not be shown, and why.", does=("run.problems",))
def problems(session: Session, rest: str) -> None:
    """Read what could not be shown."""
    _read(session, 0)


def _read(session: Session, skip: int) -> None:
    found = session.library.problems()
    for number, one in enumerate(found[skip : skip + PAGE], skip + 1):
        session.say(f"{number}. {one.path}{f'#{one.member}' if one.member else ''}: {one.reason}")
    left = len(found) - skip - PAGE
    if left > 0:
        session.say(f"{left:,} more; more reads on.")
    elif not found:
        session.say("Every file could be shown.")

    def no_article(number: int) -> bool:
        raise UsageError("These are files that could not be shown. list reads the articles, which a number opens.")

    over = partial(session.say, "Those were the files.")
    session.hear(no_article if found else None, partial(_read, session, skip + PAGE) if left > 0 else over)
