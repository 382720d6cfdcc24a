"""Finds names in text with a spaCy pipeline. The only module that imports spaCy, and only when a recogniser is made."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from store.article import Mention
from store.entities.capitals import recased
from store.entities.guard import guarded, unwrapped
from store.entities.pieces import paragraphs
from store.entities.pipelines import Pipeline, find_pipeline, recogniser_version, version_of
from store.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Recognizer", "recogniser_version"]

_FINDERS = frozenset({"ner", "beam_ner", "entity_ruler", "span_ruler"})
"""Factories of components that set entities; everything else is left unloaded, which halves the time."""
_BATCH_TEXTS, _BATCH_SIZE = 8, 40_000
"""Texts, and characters, that go through the model together; more brings no speed, only memory."""
_ZONE = 40_000
"""Characters of texts whose words the vocabulary knows together: most words of the next text are among them."""
_HARMLESS = re.escape("[W095] Model 'en_core_web_md' (3.7.1) was trained with spaCy")
"""Its output was compared with that of the spaCy it was made for: byte for byte the same."""


class Recognizer:
    """Finds names. Takes a second or two to make, and some hundred megabytes: one for each process.

    A text is read paragraph by paragraph, so that what is found does not depend on how a long text was cut.
    """

    version: str
    """Changes whenever the same text could give other mentions."""

    def __init__(self, model: str | Pipeline = "") -> None:
        """Load a pipeline, or one by its name or folder, or the best English one.

        Raises:
            ModelError: the pipeline is missing or cannot be loaded.
        """
        pipeline = find_pipeline(model) if isinstance(model, str) else model
        self.version = version_of(pipeline)
        self._nlp = _load(pipeline)
        self._zone = ExitStack()
        self._room = 0
        """Characters of further texts for which the zone is kept."""

    def recognise(self, text: str) -> list[Mention]:
        """Return the names in a text as the model has them, in order of start, without overlaps, unlinked."""
        return next(self.recognise_many([text]))

    def recognise_many(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        """Return the names of each text in turn. Texts are taken a few at a time and may stream without end."""
        batch: list[str] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if len(batch) == _BATCH_TEXTS or size >= _BATCH_SIZE:
                yield from self._batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._batch(batch)

    def _batch(self, texts: list[str]) -> list[list[Mention]]:
        found: list[list[Mention]] = [[] for _ in texts]
        self._begin(sum(map(len, texts)))
        try:
            for doc, (number, start) in self._nlp.pipe(_paragraphs(texts), as_tuples=True, batch_size=32):
                found[number] += _mentions(doc, texts[number], start)
        except BaseException:
            self.forget()
            raise
        return found

    def _begin(self, size: int) -> None:
        """See to it that there is a memory zone, and that no zone grows without end.

        Without one every word ever seen stays in the vocabulary. Docs die with it: none may leave `_batch`.
        """
        if self._room < size:
            self.forget()
            self._zone.enter_context(self._nlp.memory_zone())
            self._room = _ZONE
        self._room -= size

    def forget(self) -> None:
        """Let go of the words of the texts that were read."""
        self._zone.close()
        self._room = 0


def _paragraphs(texts: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, text in enumerate(texts):
        safe = guarded(unwrapped(recased(text)))
        for start, end in paragraphs(text):
            yield safe[start:end], (number, start)


def _mentions(doc: Doc, text: str, start: int) -> Iterator[Mention]:
    for span in doc.ents:
        mention = Mention(start + span.start_char, start + span.end_char, span.label_)
        # What the guard took out cannot be part of a name.
        if text[mention.start : mention.end].casefold().split() == span.text.casefold().split():
            yield mention


def _load(pipeline: Pipeline) -> Language:
    try:
        import spacy
        from spacy.util import load_config
    except ImportError as error:
        raise ModelError("spaCy is not installed. Run: pip install 'spacy>=3.8.11,<3.9'") from error
    try:
        config = load_config(pipeline.folder / "config.cfg")
        needed = _needed(config)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=_HARMLESS, category=UserWarning)
            nlp = spacy.load(
                pipeline.folder, exclude=[n for n in config["nlp"]["pipeline"] if n not in needed]
            )
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise ModelError(
            f"The pipeline {pipeline.name} in {pipeline.folder} cannot be loaded: {_first_line(error)}"
        ) from error
    if not needed:
        raise ModelError(f"The pipeline in {pipeline.folder} finds no names: it has no `ner` component.")
    return nlp


def _needed(config: Any) -> set[str]:
    """Return the components that set entities and those whose layers they listen to."""
    pipeline: list[str] = config["nlp"]["pipeline"]
    components = config["components"]
    finders = {name for name in pipeline if components[name].get("factory") in _FINDERS}
    upstream = {wanted for name in finders for wanted in _listened_to(components[name])}
    if upstream & {"*"}:
        upstream |= {name for name in pipeline if _shares_layers(components[name])}
    return finders | {name for name in pipeline if name in upstream}


def _listened_to(part: Any) -> Iterator[str]:
    """Yield the names of the components that a part of a config listens to; `*` stands for any that can be."""
    if isinstance(part, dict):
        if "Listener" in str(part.get("@architectures", "")):
            yield str(part.get("upstream", "*"))
            yield str(part.get("upstream_name", "*"))
        for value in part.values():
            yield from _listened_to(value)


def _shares_layers(component: Any) -> bool:
    factory = str(component.get("factory", ""))
    return factory == "tok2vec" or "transformer" in factory


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
