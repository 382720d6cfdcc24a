"""Changes to what is known of an article's text: that a new one is accepted, and how its notes follow it."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.records import AcceptText
from store.annotations.work import Work


def accept_text(work: Work, change: AcceptText) -> Done:
    """Mark changed articles as changed no longer."""
    accepted = {}
    for target in change.targets:
        document = work.find(target)
        # Only the text that was looked at: it may have changed again since.
        if document is not None and document["changed"] is not None and document["text_hash"] == target.id:
            accepted[document["id"]] = dict(document["changed"])
            work.write(document, changed=None)
    if not accepted:
        return Done()
    work.deltas.append({"do": "accept", "articles": accepted})
    return Done("New text accepted" if len(accepted) == 1 else f"New text of {len(accepted)} articles accepted")
