"""Training data holds every name where it is: what cannot be written as it is, is told."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, ArticleKey, Block, BlockKind, Mention, StoredArticle
from store.exchange.tokenised import Report, conll, docbin
from store.exchange.training import Example, examples_of, json_line


def stored(text: str, *mentions: Mention, language: str = "en") -> StoredArticle:
    article = Article("Title", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), language=language)
    return StoredArticle(ArticleKey(1), article, (), True, mentions)


def example(text: str, *spans: tuple[int, int, str], language: str = "en") -> dict[str, object]:
    made = Example("a1", "Title", language, text, 0, spans)
    return {name: getattr(made, name) for name in made.__struct_fields__}


def read(data: bytes) -> list[object]:
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab))


@pytest.fixture(scope="module", params=["en", "fr", "zh", "cs", "no", "ace", ""])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_any_language_can_be_written(language: str) -> None:
    report = Report()
    one = example("Abe met Putin.", (0, 3, "PERSON"), (8, 13, "PERSON"), language=language)
    assert read(docbin([one], report)) and report.misaligned_count in (0, 2)
    assert "".join(conll([one], Report())).count(" B-PERSON") == 2


def test_a_name_within_a_word_is_left_open_and_told() -> None:
    report = Report()
    one = example("The Tokyo-basedfirm met Abe.", (4, 9, "GPE"), (10, 14, "ORG"), (24, 27, "PERSON"))
    [doc] = read(docbin([one], report))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Tokyo", "GPE"), ("Abe", "PERSON")]  # type: ignore[attr-defined]
    assert report.names == 3 and report.misaligned_count == 1
    assert report.misaligned[0]["text"] == "base" and report.misaligned[0]["start"] == 10
    by_word = {token.text: token.ent_iob for token in doc}  # type: ignore[attr-defined]
    assert by_word["basedfirm"] == 0, "nothing is said of this word"
    assert by_word["met"] == 2, "and of this one that it is no name"
    lines = "".join(conll([one], Report())).splitlines()
    assert "base B-ORG" in lines and "dfirm O" in lines, "there the word is parted"


def test_lines_of_words_have_sentences_and_articles() -> None:
    one = example("Mr. Abe left. He met Sergei Lavrov.", (4, 7, "PERSON"), (21, 34, "PERSON"))
    told = "".join(conll([one], Report()))
    assert told == (
        "-DOCSTART- -X- O O\n\nMr. O\nAbe B-PERSON\nleft O\n. O\n\n"
        "He O\nmet O\nSergei B-PERSON\nLavrov I-PERSON\n. O\n\n"
    )


def test_paragraphs_are_written_as_the_recogniser_reads_them() -> None:
    text = "Talks in Tokyo\n\nThe minister of a country that is far away said that Shinzo\nAbe would come to Tokyo."
    place = text.index("Shinzo")
    made = list(examples_of(stored(text, Mention(9, 14, "GPE"), Mention(place, place + 10, "PERSON"))))
    assert [(one.text[s:e], label) for one in made for s, e, label in one.spans] == [
        ("Tokyo", "GPE"), ("Shinzo Abe", "PERSON")
    ]  # fmt: skip
    assert all(len(one.text) == len(text[one.start : one.start + len(one.text)]) for one in made)
    assert json_line(stored(text, Mention(9, 14, "GPE")))["entities"] == [[9, 14, "GPE"]]


def test_a_name_over_a_border_holds_two_paragraphs_together() -> None:
    text = "North\n\nKorea said no.\n\nThe end."
    made = list(examples_of(stored(text, Mention(0, 12, "GPE"))))
    assert [len(one.spans) for one in made] == [1, 0]


_SOME = ["Abe", "Tokyo-based", "l'homme", "U.S.", "東京", "🙂", "\u00a0", "$5", "e\u0301", "\n", "x."]
_WORDS = st.lists(st.sampled_from(_SOME), max_size=12)


@settings(max_examples=60, deadline=None)
@given(_WORDS, st.data())
def test_no_name_is_lost(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [
        (start, end, "ORG")
        for start, end in zip(borders[::2], borders[1::2], strict=False)
        if text[start:end].strip() == text[start:end] != ""
    ]
    one = example(text, *spans)
    report = Report()
    [doc] = read(docbin([one], report))
    found = {(ent.start_char, ent.end_char) for ent in doc.ents}  # type: ignore[attr-defined]
    told = {(one["start"], one["end"]) for one in report.misaligned}
    assert found | told == {(start, end) for start, end, _ in spans} and not found & told
    names: list[str] = []
    for line in "".join(conll([one], Report())).splitlines()[2:]:
        word, _, tag = line.rpartition(" ")
        if tag.startswith("B-"):
            names.append(word)
        elif tag.startswith("I-"):
            names[-1] += word
    assert names == ["".join(text[start:end].split()) for start, end, _ in spans]


def test_our_process_imports_no_spacy() -> None:
    code = "import sys, store.library.training; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"spacy", "thinc", "numpy"} & set(done.stdout.split())
