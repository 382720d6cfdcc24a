"""Why an address could not be had, as the end of a sentence that begins with it."""

from __future__ import annotations

import email.utils
import ssl
from datetime import UTC, datetime

from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    IncompleteRead,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from store.errors import FetchError

LATER = (408, 425, 429, 500, 502, 503, 504)
"""Answers that may be others another time."""
_DAY = 86_400.0


class BadStatus(FetchError):  # noqa: N818 - an answer
    """The server answered with no success."""

    def __init__(self, status: int, wait: float) -> None:
        words = {
            401: "asks for a password (401)", 402: "has to be paid for (402)", 403: "is not given to us (403)",
            404: "is not there (404)", 410: "is gone (410)", 429: "was asked for too often (429)",
            451: "is withheld for legal reasons (451)",
        }  # fmt: skip
        said = words.get(status, f"is answered with an error ({status})")
        if wait:
            said += f"; the site wants to be asked again {in_words(wait)}"
        super().__init__(said, later=status in LATER)
        self.status = status


class TooLarge(FetchError):  # noqa: N818 - an answer
    """More comes than is taken."""


def in_words(seconds: float) -> str:
    """Say after what time: `in 2 minutes`."""
    if seconds < 120:
        return f"in {max(1, round(seconds))} seconds"
    return f"in {round(seconds / 60)} minutes" if seconds < 7_200 else f"in {round(seconds / 3_600)} hours"


def _untrusted(error: HTTPError) -> str:
    if error.args and isinstance(error.args[-1], ssl.SSLCertVerificationError):
        why = getattr(error.args[-1], "verify_message", "") or "it cannot be verified"
        return f"cannot be trusted: there is something wrong with its site's certificate ({why})"
    return "cannot be had safely: its site does not speak TLS as it should"


def explained(error: HTTPError) -> FetchError:
    """Put what the library for HTTP says into words."""
    if isinstance(error, ProtocolError) and isinstance(error.args[-1], IncompleteRead):
        error = error.args[-1]
    sentences: tuple[tuple[type[HTTPError], str, bool], ...] = (
        (NameResolutionError, "cannot be found: its site has no such name, or the net is not there", True),
        (NewConnectionError, "cannot be reached: its site refuses the connection, or the net is not there", True),
        (ConnectTimeoutError, "does not answer", True),
        (ReadTimeoutError, "stopped answering", True),
        (SSLError, _untrusted(error), False),
        (IncompleteRead, "came cut short", True),
        (DecodeError, "is packed in a way that cannot be unpacked", False),
    )
    for kind, sentence, later in sentences:
        if isinstance(error, kind):
            return FetchError(sentence, later=later)
    return FetchError(f"was answered with something that is no HTTP ({type(error).__name__})", later=True)


def retry_after(text: str) -> float:
    """Return the seconds that a `Retry-After` asks for, a day at most; 0 where nothing is said."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _DAY)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return 0.0
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), _DAY)
