"""From `[PATH ...] [-q QUERY]` to the articles that are meant."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store import paths
from store.article import ArticleId, ArticleKey, Mention, StoredArticle
from store.config import Config
from store.errors import NotFoundError, QueryError, UsageError
from store.library import Library, Mentions, Message, last_opened, library_around, remember
from tui.cli.output import Output


def config_of(args: argparse.Namespace) -> Config:
    """Read the config, with what the arguments override."""
    file = paths.config_file()
    if file.exists():
        from store.config_file import load  # most users have none, and every start pays for an import

        config = load(file)
    else:
        config = Config()
    if getattr(args, "model", None):
        config = config.replace(model=args.model)
    return config


def default_paths() -> Sequence[Path]:
    """Return what is opened without a path: the current folder if it is in a library, else the library of last time."""
    try:
        here = Path.cwd()
        return [here] if library_around(here) else last_opened()
    except OSError:  # the current folder was deleted
        return last_opened()


@contextmanager
def opened(args: argparse.Namespace, given: Sequence[Path]) -> Iterator[Library]:
    """Open the library of some paths and close it at the end; without paths there are only the annotations."""
    alone = bool(given) and all(path.is_file() for path in given)
    make = Library.of_files if alone else Library.open
    library = make(given, config_of(args), annotations=args.db)
    if not alone:
        remember(library.roots)
    try:
        yield library
    finally:
        library.close(wait=30.0)


@contextmanager
def opened_for(args: argparse.Namespace, out: Output) -> Iterator[Library]:
    """Open the library that the arguments name, its texts up to date where paths are given, annotations read.

    Raises:
        UsageError: no path was given, and no library was opened before.
    """
    given = [Path(one) for one in args.paths] or default_paths()
    if not given:
        raise UsageError("which folder? Name one, as in `dateline list ~/articles`.")
    with opened(args, given) as library:
        if args.paths:
            bring_up_to_date(library, out)
        library.load_annotations().result()
        # What comes after in the writer's queue knows that annotations have followed edited files.
        library.refresh().result()
        tell_warnings(library, out)
        yield library


def tell_warnings(library: Library, out: Output) -> None:
    """Say what is not as it should be with the annotation file, though nothing is lost yet."""
    for warning in library.warnings:
        out.say(f"dateline: {warning}")


Names = dict[ArticleId, tuple[Mention, ...]]


def bring_up_to_date(library: Library, out: Output, analyse: Sequence[ArticleId] = ()) -> Names:
    """Take in files that are new or changed, find the names of some articles, and say what stood in the way.

    Returns the names that could not be kept in the index, since another session writes it.
    """
    names: Names = {}
    from tui.cli.progress import ProgressLine  # the reader shows none

    with ProgressLine(out) as line:

        def hear(message: Message) -> None:
            line(message)
            if isinstance(message, Mentions) and message.complete:
                names[message.id] = message.rows

        why = library.bring_up_to_date(analyse=analyse, progress=hear)
    for reason in dict.fromkeys([why, *(trouble.reason for trouble in line.troubles if not trouble.source)]):
        if reason:
            out.say(f"dateline: {reason}")
    return names if why else {}


def with_names(stored: StoredArticle, names: Names) -> StoredArticle:
    """Return an article with names that are not in the index."""
    found = names.get(stored.article.id)
    return stored if found is None or stored.analysed else stored.replace(analysed=True, mentions=found)


def with_day(stored: StoredArticle, library: Library) -> StoredArticle:
    """Return an article with the publication date that was set by hand, if one was."""
    day = library.marks(stored.article.id).published
    return stored if day is None else stored.replace(article=stored.article.replace(published=day))


@contextmanager
def noted(query: str) -> Iterator[None]:
    """Note with an error the query that it is about: it is shown with a sign under what is wrong."""
    try:
        yield
    except QueryError as error:
        error.add_note(query)
        raise


def chosen(library: Library, query: str, out: Output) -> Sequence[int]:
    """Return the keys of the articles that match, within what was asked for, in the query's order.

    Where the query is about names that are not all found yet, that is said.

    Raises:
        QueryError: the query is noted with it.
    """
    queries = [library.narrowed, query] if library.narrowed else [query]
    with noted(query):
        found = library.search(*queries).result().keys
        counts = library.counts()
        if counts.analysed < counts.articles and library.asks_for_names(query):
            share = f"{counts.analysed:,} of {counts.articles:,} articles"
            out.say(f"dateline: names are known of {share} so far; `dateline index` finds the rest.")
        return found


def articles(library: Library, keys: Sequence[int]) -> Iterator[StoredArticle]:
    """Read articles one by one; one that has gone meanwhile is left out."""
    for key in keys:
        article = library.article(ArticleKey(key))
        if article is not None:
            yield article


def one_article(library: Library, what: str) -> StoredArticle:
    """Return the article that a path, `PATH#MEMBER` or the beginning of an id names.

    One that is gone will do where none is there.

    Raises:
        NotFoundError: there is none.
        UsageError: it could be several.
        AnnotationsError: it may be gone, and the annotation file cannot be used.
    """
    keys = library.locate(what) or library.locate_gone(what)
    found = list(articles(library, keys[:10]))
    if not found:
        reason = next((one.reason for one in library.problems() if Path(what).absolute() == Path(one.path)), "")
        raise NotFoundError(f"{what}: {reason or 'no article of this library has this path or id.'}")
    if len(keys) > 1:
        several = "\n".join(f"  {one.article.id[:12]}  {one.article.title}" for one in found)
        raise UsageError(f"{what} could be any of {len(keys)} articles; name one by its id:\n{several}")
    return found[0]
