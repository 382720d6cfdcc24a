"""What full text search can answer of a query, as one FTS5 expression. Pure.

Every word is quoted, so no text is ever a syntax error: inside quotes FTS5 splits by its tokenizer alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.query.ast import And, Field, Near, Node, Not, Or, Text
from store.query.fold import clean, fold, has_letters, spaceless

TITLE_WEIGHT, TEXT_WEIGHT = 5.0, 1.0
"""How much a word in the title says, for the order of relevance."""


def searchable(text: str) -> bool:
    """Tell whether the tokenizer can find a text: it has letters, of a script with spaces between words."""
    return has_letters(text) and not spaceless(text)


def full_text(node: Node) -> str | None:
    """Return the FTS5 expression that matches what `node` does, or None where full text search cannot say."""
    match node:
        case Text():
            return _phrase(node) if searchable(node.text) else None
        case Field("title"):
            return f"title : {_phrase(Text(node.value, node.prefix))}" if searchable(node.value) else None
        case Near():
            if not all(searchable(part.text) for part in node.parts):
                return None
            return f"NEAR({' '.join(map(_phrase, node.parts))}, {node.distance})"
        case Or():
            any_of = [full_text(child) for child in node.nodes]
            return None if None in any_of else f"({' OR '.join(filter(None, any_of))})"
        case And():
            expression, rest = conjunction(node.nodes)
            return None if rest else expression
        case _:
            return None


def conjunction(nodes: Iterable[Node]) -> tuple[str | None, list[Node]]:
    """Gather all that full text search can say of a conjunction into one expression; return it and the rest.

    FTS5 has no bare NOT: negations join the expression only if something positive stands before them.
    """
    found: list[str] = []
    left_out: list[tuple[Node, str]] = []
    rest: list[Node] = []
    for node in nodes:
        if (expression := full_text(node)) is not None:
            found.append(expression)
        elif isinstance(node, Not) and (negated := full_text(node.node)) is not None:
            left_out.append((node, negated))
        else:
            rest.append(node)
    if not found:
        return None, [*rest, *(node for node, _ in left_out)]
    expression = found[0] if len(found) == 1 else f"({' AND '.join(found)})"
    if left_out:
        expression = f"({expression} NOT ({' OR '.join(negated for _, negated in left_out)}))"
    return expression, rest


def _phrase(text: Text) -> str:
    quoted = '"' + fold(clean(text.text)).replace('"', '""') + '"'
    return f"{quoted} *" if text.prefix else quoted
