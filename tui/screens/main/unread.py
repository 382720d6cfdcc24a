"""Why a text has no names: no pipeline reads its language."""

from __future__ import annotations

from store.article import StoredArticle
from store.library import language_name


def no_model(stored: StoredArticle) -> str:
    """Return which model is missing, as "no model for Czech"; empty when none is."""
    if not stored.no_model:
        return ""
    return f"no model for {language_name(stored.article.language) or 'this text'}"


def reason(stored: StoredArticle) -> str:
    """Return why this text has no names and where more is told; empty when it has some, or could have."""
    return f"{no_model(stored)}: see dateline doctor" if stored.no_model and not stored.mentions else ""
