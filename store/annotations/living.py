"""Whose drafts are being written right now: those of living sessions, which are offered to nobody else."""

from __future__ import annotations

from store.annotations.index import Index
from store.annotations.sessions import Sessions
from store.article import ArticleId


class LivingWriters:
    """The other sessions that are at work on drafts."""

    def __init__(self, index: Index, sessions: Sessions) -> None:
        self._index = index
        self._sessions = sessions
        self.names: frozenset[str] = frozenset()
        """For any thread."""

    def look(self) -> frozenset[ArticleId]:
        """Find out who is alive; returns the articles whose draft is offered from now on."""
        writers = {session for drafts in list(self._index.drafts.values()) for session, _ in drafts}
        writers |= {session for drafts in list(self._index.names.drafts.values()) for session, _ in drafts}
        before, own = self.names, self._sessions.own
        self.names = frozenset(one for one in writers if one != own and not self._sessions.is_ended(one))
        self._index.names.writers = (own, self.names)
        ended = before - self.names
        if not ended:
            return frozenset()
        drafts = [draft for of_one in list(self._index.drafts.values()) for draft in of_one]
        return frozenset(draft.article for session, draft in drafts if session in ended)
