"""Feed files: RSS, Atom and RDF. Each entry is an article, named by what the feed calls it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from store.article import Article, Unchanged
from store.formats import pagetext
from store.formats.compose import Facts, compose
from store.formats.feed_entries import Entry, parsed
from store.formats.limits import Limits
from store.formats.registry import Item
from store.formats.source import Damaged, NoText, check_length, problem_of, up_to


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read a feed's entries in its order; one without a text, such as a mere link, is passed over.

    Raises:
        NoText, TooLong: with a sentence for the user.
    """
    data = up_to(stream, limits.unpacked)
    try:
        entries, language = parsed(data)
    except NoText as error:
        raise NoText(f"The file {error}.") from error
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError) as error:
        # What the parser raises about damaged feeds is a matter of chance.
        raise Damaged("The feed is damaged: its parser gives it up.") from error
    errand = limits.errand
    names: set[str] = set()
    found = False
    for entry in entries:
        if entry.guid in names:
            continue
        names.add(entry.guid)
        raw = 0
        try:
            if errand.keep is not None:
                raw = errand.fingerprint(f"{language} {entry!r}".encode("utf-8", "surrogatepass"))
                if errand.unchanged(raw):
                    found = True
                    yield Unchanged()
                    continue
            errand.entering(entry.guid)
            article = _article(entry, language, limits)
        except Exception as error:  # noqa: BLE001 - `problem_of` has a sentence for all of them
            yield problem_of(error, path, entry.guid)
            continue
        if article is not None:
            found = True
            yield article.replace(raw=raw)
    if not found:
        raise NoText("There is no article in this feed: its entries have no text.")


def _article(entry: Entry, language: str, limits: Limits) -> Article | None:
    facts = Facts(
        title=entry.title,
        byline=entry.byline,
        published=date.fromisoformat(entry.published) if entry.published else None,
        language=language,
        url=entry.link,
    )
    # What a feed holds is the text already: nothing around it has to be told apart.
    limits.errand.made_of("html", entry.content)
    pieces = list(pagetext.pieces(entry.content))
    made = compose(pieces, facts, "utf-8", entry.title or entry.guid, limits) if pieces else None
    if made is None:
        return None
    check_length(made.text, limits)
    return made.replace(member=entry.guid)
