"""The links of an article: addresses in its text, and those that its file has behind words. Blocks: for a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.article import Article, Source, StoredArticle
from store.formats.folder import open_regular
from store.formats.registry import format_name
from store.hrefs import MOST_READ, hrefs_in
from store.indexer.markup import markup_of
from store.links import Link, links_in

_WITHOUT = frozenset({"", "text", "pdf", "docx_file", "opml"})
"""Formats whose links stand in the text, or are not looked for."""


def links_of(stored: StoredArticle, json_names: Iterable[str] = ()) -> tuple[Link, ...]:
    """Return the links of an article by their places in its text; a file that cannot be read has none behind words.

    `json_names`: as `Config.json_names` has them.
    """
    article = stored.article
    found = {(link.start, link.end): link for link in _behind_words(stored, tuple(json_names))}
    # An address that stands in the text is what it says, whatever is behind it.
    found |= {(link.start, link.end): link for link in links_in(article.text)}
    return tuple(found[place] for place in sorted(found))


def _behind_words(stored: StoredArticle, json_names: tuple[str, ...]) -> Iterator[Link]:
    article = stored.article
    for source in stored.sources:
        try:
            with open_regular(source.path) as file:
                kind = format_name(file, source.path)
                raw = file.read(MOST_READ) if kind in ("html", "markdown") and not source.member else b""
        except OSError:
            # It has gone since it was read; what it wrote behind words went with it.
            continue
        if raw:
            yield from hrefs_in(_decoded(raw, article), article.text, kind, article.url)
            return
        markup = markup_of(source.path, source.member, json_names) if _may_have(kind, source) else []
        if markup is None:
            return
        if markup:
            # As one, so that the words of a later part are looked for behind those of an earlier one.
            for kind in ("html", "markdown"):
                written = "\n".join(one for of, one in markup if of == kind)
                yield from hrefs_in(written, article.text, kind, article.url)
            return


def _may_have(kind: str, source: Source) -> bool:
    """Whether markup may be found in a file, or in a member of it: a text that is packed is told by its name."""
    inner = source.member.rpartition("#")[2] if kind in ("zip", "tar", "compressed", "zstd_file") else ""
    return kind not in _WITHOUT and not inner.lower().endswith((".txt", ".pdf", ".docx"))


def _decoded(raw: bytes, article: Article) -> str:
    try:
        return raw.decode(article.encoding.rstrip("?") or "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
