"""Writes made articles as mail, for the programs that read mail: a Maildir with a message for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to be written."""

    name: str
    """What it is known by; searches through all of a message find it."""
    title: str
    sent: datetime | None
    text: str


def write_maildir(folder: Path, mails: Iterable[Mail]) -> None:
    """Write messages into a Maildir, all unread."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(mails):
        # Of one width: aerc takes all files that begin with a message's number for that message.
        (folder / "cur" / f"{number:06}:2,").write_bytes(_as_bytes(mail))


def mark_unread(folder: Path) -> None:
    """Take every flag off the messages of a Maildir; nothing else may have it open."""
    for path in (folder / "cur").iterdir():
        base, mark, flags = path.name.partition(":2,")
        if mark and flags:
            path.rename(path.with_name(f"{base}:2,"))


def _as_bytes(mail: Mail) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "bench@example.org", "reader@example.org"
    message["Subject"], message["Message-ID"] = mail.title, f"<{mail.name}@bench>"
    if mail.sent is not None:
        message["Date"] = f"{mail.sent:%a, %d %b %Y %H:%M:%S} +0000"
    # As it is: what reads it need not decode it, which is quicker.
    message.set_content(mail.text, cte="8bit")
    return message.as_bytes()
