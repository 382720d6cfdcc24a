"""The indexer's process: `python -P -m store.indexer`, started by its client and fed through its standard input."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys

import store.indexer.tasks  # noqa: F401 - makes its messages known before the first comes in
from store.indexer.protocol import Hello
from store.indexer.wire import Inbox, Outbox

_LOW_PRIORITY = 5


def main() -> int:
    """Serve one client until its end of the pipe closes."""
    # File descriptor 1 is the protocol's alone; whatever a library prints goes to the log.
    inbox_fd, outbox_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    faulthandler.enable()
    # What took too much of the processor is in the log before the process ends by it.
    faulthandler.register(signal.SIGPROF, chain=True)
    out = Outbox(os.fdopen(outbox_fd, "wb"))
    inbox = Inbox(os.fdopen(inbox_fd, "rb"))
    hello = _first(inbox)
    if hello is None:
        return 1

    if hello.jobs:
        from store.indexer.work import Indexer

        with contextlib.suppress(OSError):
            os.nice(_LOW_PRIORITY)
        Indexer(hello, inbox, out).run()
    else:
        # Its priority is that of the indexer that started it.
        from store.indexer.worker import Worker

        Worker(hello, inbox, out).run()
    # The reading thread sits in a read that nothing ends; the databases are closed.
    sys.stderr.flush()
    os._exit(0)


def _first(inbox: Inbox) -> Hello | None:
    """Return the client's first message, leaving the others."""
    while not inbox.closed:
        inbox.wait(None)
        message = inbox.take_one()
        if message is not None:
            return message if isinstance(message, Hello) else None
    return None


if __name__ == "__main__":
    sys.exit(main())
