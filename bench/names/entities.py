"""What is counted: the spans of names, and the distinct entities of an article.

**Spans.** A name is right if start, end and class (person, organisation, place, the rest) are; both sides first lose
a leading article and a trailing possessive, since the sets differ in them.

**Entities.** An entity of an article is a pair of a name and its class, among people, organisations and places,
counted once however often it is named. Right, found and gold ones are summed over the texts of a set, whose borders
are the set's own, and F1 is made of the sums; beside it stands the mean of the F1 of each text that has gold names.
Names of both sides are compared without article and possessive, in NFC, with straight apostrophes and single spaces,
case-folded. There are five figures:

- *as written, bare* and *as written, ours*: every distinct form is an entity, in gold as in what is found; "Abe" and
  "Shinzo Abe" are two. Linking has no part in it: it tells whether forms, extents and classes are right.
- *linked, bare*: gold forms that mean one entity are one, but the model's are taken as it gives them, since it does
  not say more. *linked, rule* puts the model's forms together by the same rule as the gold ones. *linked, ours* takes
  each mention's entity.

Gold is linked by hand data where a set has it (GUM): an entity is a chain of coreference, an entity that was found is
right if its name is one of the chain's names, and a chain is found once at most, so that a second name for it is an
error. Elsewhere gold forms are linked by a published rule, that of Lee et al. 2013 ("Deterministic coreference
resolution based on entity-centric, precision-ranked rules", strict head match and acronym) on names alone, which is
`by_rule` and shares no code with the program: a person's form, without a title, is the person with a longer name that
ends in it who was named last before, else the only one in the article whose longer name begins or ends with it;
capitals are the only name in the article of which they are the initials. It knows no short forms of organisations
("the Council"), so that linking those rightly counts as an error there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.names.gold import Text
from store.article import Mention
from store.entities.labels import Group, group_of

_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|['’]|\s+)$")
_TITLE = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|sir|lord|lady|dame)\b\.?\s+(?=\S)", re.IGNORECASE)
_CLASSES = frozenset({"person", "organisation", "place"})
Form = tuple[str, str]
"""A name as it is compared, and its class."""


@dataclass
class Score:
    """Names found rightly, found in all, and there to be found."""

    right: int = 0
    found: int = 0
    gold: int = 0
    texts: list[float] = field(default_factory=list)
    """F1 in percent of each text that has gold names."""

    def add(self, right: int, found: int, gold: int) -> None:
        """Count one text."""
        if gold:
            self.texts.append(200 * right / (found + gold))
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.found + self.gold)

    @property
    def mean(self) -> float:
        """The mean of the texts' F1."""
        return sum(self.texts) / max(1, len(self.texts))


@dataclass(frozen=True)
class Scheme:
    """How a set's classes answer to labels."""

    unjudged: frozenset[str] = frozenset()
    """Labels that it does not annotate."""
    merged: bool = False
    """Whether it has one class for organisations and places."""

    def class_of(self, label: str) -> str:
        """Return the class of a label; empty if it is not judged."""
        group = group_of(label)
        if label in self.unjudged or group is Group.NUMBER:
            return ""
        if group is Group.ORGANISATION and self.merged:
            return "place"
        return group.value if group.value in _CLASSES else "rest"


# ---- spans ---------------------------------------------------------------------------------------------------------
def span_scores(texts: Sequence[Text], found: Sequence[list[Mention]], scheme: Scheme) -> tuple[Score, Score]:
    """Return the typed and the untyped score."""
    typed, untyped = Score(), Score()
    for text, mentions in zip(texts, found, strict=True):
        gold = {(*_bare(text.text, start, end), kind) for start, end, kind in text.names}
        ours = {
            (*_bare(text.text, m.start, m.end), kind) for m in mentions if (kind := scheme.class_of(m.label))
        }
        typed.add(len(gold & ours), len(ours), len(gold))
        gold_spans, our_spans = {span[:2] for span in gold}, {span[:2] for span in ours}
        untyped.add(len(gold_spans & our_spans), len(our_spans), len(gold_spans))
    return typed, untyped


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    if (tail := _POSSESSIVE.search(text[start:end])) and tail.start() > 0:
        end = start + tail.start()
    return start, end


# ---- entities ------------------------------------------------------------------------------------------------------
def entity_scores(
    texts: Sequence[Text], bare: Sequence[list[Mention]], ours: Sequence[list[Mention]], scheme: Scheme
) -> dict[str, Score]:
    """Return the five scores that the top of this file tells of. `ours` are linked mentions."""
    scores = {
        name: Score()
        for name in ("as written, bare", "as written, ours", "linked, bare", "linked, rule", "linked, ours")
    }
    for text, model, mine in zip(texts, bare, ours, strict=True):
        raw = [(start, text.text[start:end], kind) for start, end, kind in text.names]
        gold = _forms(raw)
        bares = _forms((m.start, text.text[m.start : m.end], scheme.class_of(m.label)) for m in model)
        written = _forms((m.start, text.text[m.start : m.end], scheme.class_of(m.label)) for m in mine)
        linked = _forms((m.start, m.entity, scheme.class_of(m.label)) for m in mine)
        for name, forms in (("as written, bare", bares), ("as written, ours", written)):
            scores[name].add(len(set(forms) & set(gold)), len(set(forms)), len(set(gold)))
        chains = _chains(raw, text.chains) if text.chains else [{form} for form in set(by_rule(gold))]
        for name, forms in (
            ("linked, bare", bares),
            ("linked, rule", by_rule(bares)),
            ("linked, ours", linked),
        ):
            scores[name].add(_matched(chains, set(forms)), len(set(forms)), len(chains))
    return scores


def _matched(chains: Iterable[set[Form]], forms: set[Form]) -> int:
    """Count the chains that have a form of their own among these."""
    matched = 0
    for chain in chains:
        if common := chain & forms:
            forms = forms - {min(common)}
            matched += 1
    return matched


def _forms(names: Iterable[tuple[int, str, str]]) -> list[Form]:
    return [(compared(name), kind) for _, name, kind in sorted(names) if kind in _CLASSES]


def _chains(names: Iterable[tuple[int, str, str]], numbers: Sequence[int]) -> list[set[Form]]:
    chains: dict[int, set[Form]] = {}
    for (_, name, kind), number in zip(names, numbers, strict=True):
        chains.setdefault(number, set()).add((compared(name), kind))
    return list(chains.values())


def compared(name: str) -> str:
    """Return how a name is compared."""
    name = " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split())
    start, end = _bare(name, 0, len(name))
    return name[start:end].casefold()


def by_rule(forms: Sequence[Form]) -> list[Form]:
    """Return the forms of a text, in order, as the entities that the published rule makes of them."""
    every = {_untitled(name) for name, kind in forms if kind == "person"}
    before: list[str] = []
    entities = []
    for name, kind in forms:
        meant = name
        if kind == "person":
            meant = short = _untitled(name)
            if ending := [full for full in before if full.endswith(f" {short}")]:
                meant = ending[-1]
            else:
                alike = {full for full in every if full.endswith(f" {short}") or full.startswith(f"{short} ")}
                meant = alike.pop() if len(alike) == 1 else short
            before.append(meant)
        elif " " not in name and len(letters := name.replace(".", "")) > 1:
            full = {other for other, its in forms if its == kind and letters in _initials(other)}
            meant = full.pop() if len(full) == 1 else name
        entities.append((meant, kind))
    return entities


def _untitled(name: str) -> str:
    return _TITLE.sub("", name, count=1) if _TITLE.match(name) else name


def _initials(name: str) -> set[str]:
    words = re.findall(r"[^\W_]+", name)
    great = [word for word in words if word not in ("of", "the", "and", "for", "in", "on", "to")]
    return {"".join(word[0] for word in some) for some in (words, great) if len(some) > 1}
