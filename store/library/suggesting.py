"""Which of the user's tags an article's names suggest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from store.article import EntityKey, Mention, key_of_entity
from store.entities.labels import Group, group_of
from store.query.fold import words

MOST_SUGGESTED = 5
"""Tags, so that those used last keep their place beside them."""


def suggested_tags(
    text: str, mentions: Iterable[Mention], tags: Sequence[str], joined: Mapping[EntityKey, EntityKey]
) -> list[str]:
    """Return the tags that name who and what an article is about, the most named first.

    A tag, or its last step (`asia/japan`), names an entity by its name, by a name that was joined with it, as it is
    written in the text, and a person by the surname alone; case, accents and hyphens make no difference. `joined` leads
    from each joined entity to the one it stands for.
    """
    counts: Counter[EntityKey] = Counter()
    written: dict[EntityKey, set[str]] = defaultdict(set)
    for mention in mentions:
        group = group_of(mention.label)
        surface = text[mention.start : mention.end]
        if group is Group.NUMBER:
            continue
        key = key_of_entity(group, mention.entity or surface)
        key = joined.get(key, key)
        counts[key] += 1
        written[key] |= {mention.entity, surface}
    for key, into in joined.items():
        if into in counts:
            written[into] |= {_name(key), _name(into)}
    ranks: dict[str, int] = {}
    for rank, (key, _) in enumerate(counts.most_common()):
        for form in written[key] | {_name(key)}:
            for said in _said(form, person=key.startswith(f"{Group.PERSON}:")):
                ranks.setdefault(said, rank)
    found = [(rank, tag) for tag in tags if (rank := ranks.get(_plain(tag.rpartition("/")[2]), -1)) >= 0]
    return [tag for _, tag in sorted(found, key=lambda one: one[0])][:MOST_SUGGESTED]


def _name(key: EntityKey) -> str:
    return key.partition(":")[2]


def _said(form: str, *, person: bool) -> Iterator[str]:
    whole = _plain(form)
    if whole:
        yield whole
        if person:
            yield whole.rpartition(" ")[2]


def _plain(words_: str) -> str:
    """Return words as names and tags are compared: folded, with single spaces for whatever parts them."""
    return " ".join(words(words_.replace("_", " ")))
