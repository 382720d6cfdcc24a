"""What `add` and `fetch` share: where to save, and telling what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import paths
from store.errors import UsageError
from tui.cli.choosing import config_of
from tui.cli.command import Parser, file_argument
from tui.cli.output import Output

if TYPE_CHECKING:
    from store.library.fetching import Outcome

FORMATS = ("paths", "json", "jsonl")


def takes_saving(parser: Parser) -> None:
    """Declare where to, how to tell it, and whether to do it."""
    parser.add_argument(
        "--to", metavar="FOLDER", type=file_argument, help="the folder to save into; none: `library` of the settings"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be saved")
    parser.add_argument("--format", metavar="FORMAT", choices=FORMATS, default="paths", help=", ".join(FORMATS))


def folder_of(args: argparse.Namespace, example: str) -> Path:
    """Return the folder to save into.

    Raises:
        UsageError: none is named anywhere.
    """
    folder: Path | None = args.to or config_of(args).library
    if folder is None:
        raise UsageError(
            f"save into which folder? Name one, as in `{example} --to ~/articles`, or set it once for all in "
            f'{paths.config_file()}: library = "~/articles"'
        )
    return folder


class Tally:
    """Tells each outcome as it comes, and at the end what they come to."""

    def __init__(self, out: Output, *, dry: bool) -> None:
        self._out = out
        self._dry = dry
        self._counts: dict[str, int] = {}

    def tell(self, outcomes: Iterable[Outcome], format: str) -> int:
        """Write paths or JSON, say what went wrong; returns the exit code."""
        from store.library.fetching import Status

        rows = (_shape(one) for one in self._said(outcomes))
        if format == "json":
            self._out.json({}, "results", rows)
        elif format == "jsonl":
            for row in rows:
                self._out.json_lines([row])
                self._out.flush()
        else:
            for row in rows:
                if row["status"] in (Status.SAVED, Status.UPDATED, Status.THERE) and (row["path"] or self._dry):
                    self._out.line(row["path"] or row["url"])
                    self._out.flush()
        self._out.repaint("")
        self._out.say(self._sentence())
        if self._counts.get(Status.FAILED):
            return 3
        return 0 if self._counts.get(Status.SAVED) or self._counts.get(Status.UPDATED) else 1

    def _said(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        from store.library.fetching import Status

        for one in outcomes:
            # The line that says what is being done makes room for what was.
            self._out.repaint("")
            feed = one.status is Status.THERE and one.path is None
            if not feed:
                self._counts[one.status] = self._counts.get(one.status, 0) + 1
            if one.reason and not feed:
                self._out.say(f"dateline: {one.url} {one.reason.removesuffix('.')}.")
            yield one

    def _sentence(self) -> str:
        counted = [f"{number:,} {status}" for status, number in self._counts.items()]
        said = (", ".join(counted) or "Nothing new") + "."
        return f"{said} Nothing was written: a dry run." if self._dry else said


def _shape(one: Outcome) -> Mapping[str, Any]:
    return {
        "status": str(one.status),
        "url": one.url,
        "path": str(one.path) if one.path is not None else None,
        "title": one.title,
        "published": one.published or None,
        "reason": one.reason or None,
    }
