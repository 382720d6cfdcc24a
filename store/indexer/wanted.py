"""What the names of a library's articles should be of: each language's pipeline, our links, the user's own names."""

from __future__ import annotations

import hashlib
from pathlib import Path

from store.catalog.versions import NO_PIPELINE, Versions
from store.disk.stamp import stamp
from store.entities.choice import NO_PIPELINE_AT_ALL, Choice, choice_of
from store.entities.link import LINK_VERSION
from store.entities.names import read_names
from store.entities.own_names import OwnNames
from store.entities.pipelines import Pipeline
from store.errors import DatelineError
from store.indexer.protocol import Hello


class Wanted:
    """Looks at pipelines and the names file once, without loading anything."""

    def __init__(self, hello: Hello) -> None:
        self._file = Path(hello.names) if hello.names else None
        self._stamp = _stamp_of(self._file)
        self._choice = Choice()
        self._by_language: dict[str, str] = {}
        self._others = ""
        self._broken: set[str] = set()
        self.own = OwnNames()
        """The user's own names."""
        self.trouble = ""
        """Why names are missing that could be there, as a sentence; empty while all is well."""
        self.versions = Versions("", {})
        """Of what the names of articles should be."""
        try:
            self.own = OwnNames(read_names(self._file) if self._file is not None else ())
            self._choice = choice_of(hello.model, hello.models)
            self._by_language, self._others = self._choice.versions()
        except DatelineError as error:
            self.give_up(str(error))
            return
        if not self._by_language[""]:
            self.trouble = NO_PIPELINE_AT_ALL
        self._settle()

    @property
    def digest(self) -> str:
        """Changes with anything that another attempt at a text could find other names with."""
        told = [self._others, *(f"{language} {version}" for language, version in self._by_language.items())]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]

    def outdated(self) -> bool:
        """Whether the names file has changed since it was read."""
        return self._file is not None and _stamp_of(self._file) != self._stamp

    def pipeline(self, language: str) -> Pipeline | None:
        """Return what reads texts in this language."""
        return self._choice.pipeline(language)

    def recogniser(self, language: str) -> str:
        """Return the version of what reads texts in this language; empty where nothing does."""
        return self._by_language.get(language, self._others)

    def give_up(self, reason: str, language: str | None = None) -> None:
        """Want no more names for this reason, in texts of a language or at all."""
        self.trouble = reason
        if language is None:
            self.versions = Versions("", {})
        else:
            self._broken.add(self.recogniser(language))
            self._settle()

    def _settle(self) -> None:
        by_language = {language: self._version(recogniser) for language, recogniser in self._by_language.items()}
        self.versions = Versions(self._version(self._others), by_language)

    def _version(self, recogniser: str) -> str:
        if recogniser in self._broken:
            return ""
        # Without a pipeline nothing is linked, but for what the user named.
        parts = [recogniser or NO_PIPELINE, *([LINK_VERSION] if recogniser or self.own.version else [])]
        return "/".join([*parts, *([self.own.version] if self.own.version else [])])


def _stamp_of(file: Path | None) -> object:
    if file is None:
        return None
    try:
        return stamp(file)
    except OSError:
        return None
