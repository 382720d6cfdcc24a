"""A dossier gives each passage in its sentence with its source, and nothing that others wrote is markup in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.annotations.anchors import make_anchor
from store.annotations.contents import Contents
from store.annotations.documents import stored_anchor
from store.article import Article, ArticleId, Block, BlockKind, Mention, Source
from store.exchange import html, markdown, spreadsheet, webannotation
from store.exchange.dossier import Dossier, Entry, Grouping, dossier, entries_of, remarks
from store.exchange.selection import select, summary
from store.exchange.texts import Known

TEXT = (
    "A headline\n\nMr. Abe met Putin\nin Nagato. They spoke of the islands! Nobody knows more.\n\nIn Tokyo it rained."
)
ARTICLE = Article(
    "A headline", TEXT, (Block(BlockKind.TITLE, 0, 10), Block(BlockKind.PARAGRAPH, 12, 88),
                         Block(BlockKind.PARAGRAPH, 90, len(TEXT))),
    byline="By R. Porter", published=date(2017, 3, 20), url="https://www.example.org/a?b=1&c=2",
)  # fmt: skip
NAMES = (Mention(16, 19, "PERSON", "Shinzo Abe"), Mention(24, 29, "PERSON", "Vladimir Putin"), Mention(33, 39, "GPE"))
NOW = "2026-11-24T10:00:00+00:00"


def note(identity: str, quote: str = "", body: str = "", **more: Any) -> dict[str, Any]:
    at = TEXT.find(quote)
    anchor = stored_anchor(make_anchor(TEXT, at, at + len(quote))) if quote else None
    return {
        "id": identity, "article": "doc", "body": body, "anchor": anchor, "tags": [], "conflict_of": None,
        "text": ARTICLE.id, "was": "", "lost": False, "revision": 1, "n": 1, "created": NOW, "updated": NOW, **more,
    }  # fmt: skip


def contents(*notes: dict[str, Any], **fields: Any) -> Contents:
    article = {
        "id": "doc", "text_hash": ARTICLE.id, "title": ARTICLE.title, "sources": [{"path": "/a/b.txt", "member": ""}],
        "tags": ["asia"], "star": False, "read": False, "position": 0, "created": NOW, "updated": NOW, "from": [],
        "published": None, "changed": None, **fields,
    }  # fmt: skip
    return Contents({"doc": article}, {one["id"]: one for one in notes})


def find(text: ArticleId) -> Known | None:
    known = Known(ARTICLE, (Source("/a/b.txt"),), NAMES, True, date(2026, 11, 1))
    return known if text == ARTICLE.id else None


def made(
    found: Contents,
    by: Grouping,
    *,
    private: bool = False,
    finding: Callable[[ArticleId], Known | None] = find,
    kept: Callable[[ArticleId], Article | None] = lambda _: None,
) -> Dossier:
    selection = select(found, None, private=private)
    return dossier(selection, entries_of(selection, finding, kept), by, date(2026, 11, 24))


def outline(found: Dossier) -> dict[str, list[str]]:
    return {
        section.heading: [one.note.id for entry in section.entries for one in entry.passages]
        for section in found.sections
    }


# ---- sentences -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("Putin\nin", "Mr. Abe met Putin in Nagato."),
        ("islands", "They spoke of the islands!"),
        ("Nagato. They", "Mr. Abe met Putin in Nagato. They spoke of the islands!"),
        ("more.\n\nIn Tokyo", "Nobody knows more. In Tokyo it rained."),
        ("A headline", "A headline"),
    ],
)
def test_a_passage_stands_in_its_sentence_or_sentences(quote: str, sentence: str) -> None:
    ((one,),) = [entry.passages for entry in made(contents(note("n", quote)), Grouping.ARTICLE).entries]
    assert one.sentence == sentence
    assert one.quote == " ".join(quote.split())
    assert one.before + one.quote in one.sentence


def test_without_the_text_the_anchor_gives_what_stands_around() -> None:
    gone = made(contents(note("n", "islands")), Grouping.PERSON, finding=lambda _: None)
    ((entry,),) = [section.entries for section in gone.sections]
    assert entry.passages[0].sentence == "They spoke of the islands!"
    assert (entry.cited.source, entry.cited.retrieved) == (Source("/a/b.txt"), None)
    assert "in 1 article names are not known" in remarks(gone.selection, gone.entries, Grouping.PERSON)


def test_a_passage_that_is_lost_is_read_from_the_text_that_was_kept() -> None:
    new = ARTICLE.replace(text="Another text. " * 20, blocks=())
    found = made(
        contents(note("n", "islands", lost=True), text_hash=new.id),
        Grouping.ARTICLE,
        finding=lambda text: Known(new, mentions=NAMES) if text == new.id else None,
        kept=lambda text: ARTICLE if text == ARTICLE.id else None,
    )
    assert found.entries[0].passages[0].sentence == "They spoke of the islands!"
    assert found.entries[0].passages[0].people == ()
    assert "1 passage no longer in the present text" in remarks(found.selection, found.entries)
    assert "(no longer in the present text)" in "".join(markdown.write(found))


def test_a_sentence_without_end_is_shortened_at_words() -> None:
    words = "word " * 1000
    article = ARTICLE.replace(text=words, blocks=())
    anchor = stored_anchor(make_anchor(words, 2500, 2504))
    found = made(
        contents(note("n") | {"anchor": anchor, "text": article.id}, text_hash=article.id),
        Grouping.ARTICLE,
        finding=lambda _: Known(article),
    )
    sentence = found.entries[0].passages[0].sentence
    assert sentence.startswith("… word ")
    assert sentence.endswith(" word …")
    assert len(sentence) < 900


# ---- grouping ------------------------------------------------------------------------------------------------
NOTES = (
    note("abe", "met Putin", "who else?", tags=["summit"]),
    note("isles", "islands", tags=["Asia"]),
    note("whole", body="on all of it"),
)


def test_grouped_by_person_a_passage_stands_under_each_who_is_named_in_its_sentence() -> None:
    assert outline(made(contents(*NOTES), Grouping.PERSON)) == {
        "Shinzo Abe": ["abe"],
        "Vladimir Putin": ["abe"],
        "No person named": ["whole", "isles"],
    }


def test_grouped_by_tag_those_of_the_note_and_of_its_article_count() -> None:
    assert outline(made(contents(*NOTES), Grouping.TAG)) == {"asia": ["whole", "abe", "isles"], "summit": ["abe"]}
    assert outline(made(contents(*NOTES, tags=[]), Grouping.TAG)) == {
        "Asia": ["isles"], "summit": ["abe"], "No tag": ["whole"],
    }  # fmt: skip


def test_grouped_by_date_the_one_set_by_hand_wins_and_undated_comes_last() -> None:
    assert list(outline(made(contents(*NOTES), Grouping.DATE))) == ["2017-03-20"]
    by_hand = made(contents(*NOTES, published="2001-01-02"), Grouping.DATE)
    assert list(outline(by_hand)) == ["2001-01-02"]
    assert "published 2001-01-02 (date set by hand)" in "".join(markdown.write(by_hand))
    undated = made(contents(*NOTES), Grouping.DATE, finding=lambda _: None)
    assert list(outline(undated)) == ["Undated"]
    assert " · undated · " in "".join(markdown.write(undated))


def test_grouped_by_article_notes_are_in_the_order_of_the_text() -> None:
    assert outline(made(contents(*NOTES), Grouping.ARTICLE)) == {"A headline": ["whole", "abe", "isles"]}


# ---- what is left out ----------------------------------------------------------------------------------------
def test_private_notes_stay_out_unless_asked_for_and_are_counted() -> None:
    found = contents(*NOTES, note("secret", "Tokyo", "hush", tags=["Private/source"]))
    without, with_them = made(found, Grouping.ARTICLE), made(found, Grouping.ARTICLE, private=True)
    assert "hush" not in "".join(html.write(without)) + "".join(markdown.write(without))
    assert "1 private note left out" in "".join(markdown.write(without))
    assert summary(without.selection) == "2 passages and 2 notes of 1 article"
    assert "hush" in "".join(html.write(with_them))
    assert "1 private note put in" in "".join(html.write(with_them))


def test_articles_without_notes_are_counted() -> None:
    found = contents()
    selection = select(found, [ARTICLE.id, ArticleId("another"), ArticleId("third")], private=False)
    assert (summary(selection), selection.bare) == ("0 passages of 0 articles", 3)


# ---- nothing that others wrote is markup -------------------------------------------------------------------------
hostile = st.text(st.sampled_from("ab1 .)(*_`~#|<>!&[]\\-+=:\"'$^{}\n\r\t\u2028é。"), max_size=12) | st.sampled_from(
    ["<script>alert(1)</script>", "</b>", "![x](http://e/x.png)", "# no", "1. x", "- x", "&amp;", "`"]
)


class Page(HTMLParser):
    """What a browser sees: elements with their attributes, and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def _hostile(title: str, tag: str, quote: str, before: str, member: str, body: str) -> Dossier:
    text = f"{before}{quote}{member}"
    article = ARTICLE.replace(text=text, blocks=(), byline=title, published=None, url=f"https://e.org/{quote}")
    anchor = stored_anchor(make_anchor(text, len(before), len(before) + len(quote)))
    found = contents(
        note("n", body=body) | {"anchor": anchor, "tags": [tag], "text": article.id},
        text_hash=article.id, title=title, tags=[tag], sources=[{"path": f"/{before}", "member": member}],
    )  # fmt: skip
    return made(found, Grouping.TAG, finding=lambda _: Known(article))


@settings(max_examples=150, deadline=None)
@given(title=hostile, tag=hostile, quote=hostile, before=hostile, member=hostile)
@example(title="", tag="", quote=" ", before="", member="1. x")
def test_in_markdown_foreign_text_is_only_text(title: str, tag: str, quote: str, before: str, member: str) -> None:
    found = _hostile(title, tag, quote, before, member, "")
    tokens = MarkdownIt("commonmark").parse("".join(markdown.write(found)))
    kinds = {token.type.rpartition("_")[0] or token.type for token in tokens}
    assert kinds <= {"heading", "paragraph", "blockquote", "inline"}
    inline = [child for token in tokens for child in token.children or ()]
    assert {one.type for one in inline} <= {
        "text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close",
        "code_inline", "html_inline",
    }  # fmt: skip
    assert {one.content for one in inline if one.type == "html_inline"} <= {"<strong>", "</strong>"}
    shown = "".join(one.content for one in inline)
    for section in found.sections:
        one = section.entries[0].passages[0]
        for words in (section.heading, one.quote, section.entries[0].cited.title, *section.entries[0].cited.tags):
            assert "".join(words.split()) in "".join(shown.split())


@settings(max_examples=150, deadline=None)
@given(title=hostile, tag=hostile, quote=hostile, before=hostile, member=hostile, body=st.lists(hostile).map("".join))
def test_in_html_foreign_text_and_notes_run_and_load_nothing(
    title: str, tag: str, quote: str, before: str, member: str, body: str
) -> None:
    found = _hostile(title, tag, quote, before, member, body)
    page = Page("".join(html.write(found)))
    tags = {name for name, _ in page.elements}
    assert not tags & {"script", "style", "img", "link", "iframe", "object", "form", "svg", "base"}
    for name, attributes in page.elements:
        allowed = {"a": {"href", "title"}, "meta": {"charset", "http-equiv", "content"}, "ol": {"start"},
                   "code": {"class"}}  # fmt: skip
        assert attributes.keys() <= {"style", "dir"} | allowed.get(name, set())
        assert "url(" not in (attributes.get("style") or "")
        assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:", "vbscript:"))
    words = "".join(page.words.split())
    for section in found.sections:
        for text in (section.heading, section.entries[0].passages[0].quote, section.entries[0].cited.title):
            assert "".join(text.split()) in words


def test_a_note_keeps_its_markdown_and_ends_where_it_ends() -> None:
    found = made(contents(note("n", "islands", "# big\n\n**bold** [a](https://e.org)\n\n```\nleft open")), Grouping.TAG)
    tokens = MarkdownIt("commonmark").parse("".join(markdown.write(found)))
    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.content.strip() == "left open"
    assert "A headline" in tokens[-2].content, "the source stands below the note, not in it"
    page = Page("".join(html.write(found)))
    assert [name for name, _ in page.elements if name in ("h1", "h2", "h3")] == ["h1", "h2", "h3"]
    assert ("a", {"href": "https://e.org"}) in page.elements


# ---- other formats -------------------------------------------------------------------------------------------
def entries(*notes: dict[str, Any], **fields: Any) -> list[Entry]:
    return list(made(contents(*notes, **fields), Grouping.ARTICLE).entries)


def test_a_spreadsheet_has_a_row_for_each_note_and_highlight() -> None:
    rows = [dict(zip(spreadsheet.COLUMNS, row, strict=True)) for row in spreadsheet.rows(entries(*NOTES))]
    assert [(row["note"], row["kind"], row["quote"], row["sentence"]) for row in rows] == [
        ("whole", "note", "", ""),
        ("abe", "note", "met Putin", "Mr. Abe met Putin in Nagato."),
        ("isles", "highlight", "islands", "They spoke of the islands!"),
    ]
    assert rows[1]["published"] == "2017-03-20"
    assert rows[1]["retrieved"] == "2026-11-01"


def test_web_annotations_are_what_the_model_asks_for() -> None:
    selection = select(contents(*NOTES), None, private=False)
    found = list(webannotation.items(entries_of(selection, find, lambda _: None)))
    assert len(found) == webannotation.count(selection) == 4
    assert len({one["id"] for one in found}) == 4
    motivations = {"tagging", "commenting", "highlighting"}
    for one in found:
        assert one["type"] == "Annotation"
        assert one["id"].startswith("urn:uuid:")
        said = one["motivation"] if isinstance(one["motivation"], list) else [one["motivation"]]
        assert set(said) <= motivations
        for body in one.get("body", ()):
            assert (body["type"], body["purpose"] in motivations, type(body["value"])) == ("TextualBody", True, str)
        for moment in (one.get("created", "2026-11-24T10:00:00Z"), one.get("modified", "2026-11-24T10:00:00Z")):
            assert moment.endswith("Z")
            assert datetime.fromisoformat(moment).tzinfo == UTC
        target = one["target"]
        resource = target["source"] if target.get("type") == "SpecificResource" else target
        assert resource["id"] == "https://www.example.org/a?b=1&c=2"
    passages = [one["target"]["selector"] for one in found if "selector" in one["target"]]
    assert [[selector["type"] for selector in one] for one in passages] == [
        ["TextQuoteSelector", "TextPositionSelector"]
    ] * 2
    for quote, position in passages:
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        assert TEXT[: position["start"]].endswith(quote["prefix"])
        assert TEXT[position["end"] :].startswith(quote["suffix"])
    head = webannotation.collection(4)
    assert (head["@context"], head["type"], head["total"]) == (webannotation.CONTEXT, "AnnotationCollection", 4)


def test_a_file_without_a_url_is_named_by_its_path() -> None:
    selection = select(contents(*NOTES, sources=[{"path": "/a b/ü#.txt", "member": "x/y"}]), None, private=False)
    found = entries_of(selection, lambda _: None, lambda _: None)
    target = next(iter(webannotation.items(found)))["target"]
    assert target["id"] == "file:///a%20b/%C3%BC%23.txt#x%2Fy"
