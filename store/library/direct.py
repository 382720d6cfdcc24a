"""Reading files without an index: for a command that is about one file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from store.annotations.records import Target
from store.article import Article, Source
from store.errors import NotFoundError

_MOST = 1_000
"""Articles of a file that are read for a command; for more there is the index."""


def read_file(what: str, json_names: Iterable[str] = ()) -> list[tuple[Article, Source]]:
    """Read the articles of one file, named by its path or `PATH#MEMBER`; none when it names no file, or holds too many.

    `json_names`: as `Config.json_names` has them.

    Raises:
        NotFoundError: it is a file, and holds no article that can be shown; the message says why.
    """
    path, member = _split(what)
    if not path:
        return []
    from store.formats.folder import read_path
    from store.formats.limits import limits_with

    # Named as the indexer names it, or the article's annotations would not be found.
    real = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))  # noqa: PTH118, PTH120, PTH119
    limits = limits_with(json_names)
    if member:
        # First where it can be seen cheaply that it may be there: a large file takes a minute to read.
        for tried in (limits.replace(errand=limits.errand.replace(wanted=member)), limits):
            for one in read_path(real, tried):
                if isinstance(one, Article) and one.member == member:
                    return [(one, Source(real, member))]
        raise NotFoundError(f"{what}: there is no such article in this file.")
    found: list[tuple[Article, Source]] = []
    reason = ""
    for one in read_path(real, limits):
        if not isinstance(one, Article):
            reason = reason or one.reason
        elif len(found) == _MOST:
            return []
        else:
            found.append((one, Source(real, one.member)))
    if not found:
        raise NotFoundError(f"{what}: {reason or 'there is no article in this file.'}")
    return found


def _split(what: str) -> tuple[str, str]:
    """Divide a name into path and member, whichever of its `#` parts them; ("", "") when no file is named."""
    if Path(what).is_file():
        return what, ""
    at = what.rfind("#")
    while at > 0:
        if Path(what[:at]).is_file():
            return what[:at], what[at + 1 :]
        at = what.rfind("#", 0, at)
    return "", ""


def target_of(article: Article, source: Source) -> Target:
    """Return an article that was read directly as changes name it."""
    return Target(article.id, article.title, (source,))
