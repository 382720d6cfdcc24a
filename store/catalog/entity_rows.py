"""What is told of entities: who or what is named in a library, where, when and beside whom. Frozen, no I/O."""

from __future__ import annotations

from datetime import date

from store.article import ArticleKey, EntityKey
from store.record import Record


class EntityRow(Record):
    """A line of the list of entities. Of several that were joined there is one."""

    key: EntityKey
    name: str
    kind: str
    """person, organisation, place, group, number or other."""
    mentions: int
    articles: int
    first: date | None = None
    """The day on which the first article that names it was published; None where none is dated."""
    last: date | None = None


class EntityList(Record):
    """Entities in the order asked for."""

    rows: tuple[EntityRow, ...]
    total: int | None
    """How many there are; None where that was not counted."""
    complete: bool
    """Whether all that was looked for is in `rows`; else there is more than was asked for."""


class Alias(Record):
    """One of several entities that were joined."""

    key: EntityKey
    name: str
    mentions: int


class Coordinates(Record):
    """Where a place lies: degrees north and east, and the country's two letters (ISO 3166-1)."""

    lat: float
    lon: float
    country: str


class EntityCard(Record):
    """The head of an entity's page."""

    key: EntityKey
    name: str
    kind: str
    label: str
    """The label that most of its newest mentions carry."""
    aliases: tuple[Alias, ...]
    """Those that were joined in it, itself left out; most mentions first."""
    forms: tuple[tuple[str, int], ...]
    """How texts write it, with the mentions of each, most first."""
    mentions: int
    articles: int
    first: date | None
    last: date | None
    at: Coordinates | None
    """Of a place that can only be one."""


class MentionLine(Record):
    """A mention in its sentence."""

    article: ArticleKey
    title: str
    published: date | None
    start: int
    """Of the mention, in the article's text."""
    end: int
    sentence: str
    """One line of text as it was found: it goes to a screen like any other."""
    at: tuple[int, int]
    """The mention in the sentence."""


class Companion(Record):
    """An entity that is named in the same articles as another."""

    key: EntityKey
    name: str
    kind: str
    both: int
    """Articles, of those looked at, that name both."""
    score: float


class Together(Record):
    """Who and what an entity is named with, the closest first."""

    rows: tuple[Companion, ...]
    measure: str
    """What `score` is, for the screen."""
    of: int
    """How many of the entity's articles were looked at, the newest."""
    all: int
    """How many there are."""


class Place(Record):
    """A place that can only be one, and how often it is named."""

    key: EntityKey
    name: str
    lat: float
    lon: float
    country: str
    articles: int
    mentions: int


class Likely(Record):
    """Two entities that are probably the same; the second is named less often."""

    first: EntityRow
    second: EntityRow
    score: float
    """0 to 100."""
    why: str
    """As a few words for the user."""
