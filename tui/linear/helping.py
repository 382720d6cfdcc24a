"""Help, waiting for names, and the end."""

from __future__ import annotations

from functools import partial

from tui.linear import words
from tui.linear.session import Session
from tui.linear.words import Word

word = partial(words.word, group="Dateline")


@word("wait", "Wait until the names of all articles are found; ctrl+c waits no longer.")
def wait(session: Session, rest: str) -> None:
    """Wait for the indexer."""
    background = session.background
    if not background.idle:
        session.say("Names are being looked for; ctrl+c waits no longer.")
        session.voice.flush()
        with session.signals.waiting():
            # Of a text without names in the end, since no model reads it or it failed, the counts would not tell.
            background.wait(lambda: background.idle)
    counts = session.library.counts()
    session.say(background.trouble or f"Names are known of {counts.analysed:,} of {counts.articles:,} articles.")
    session.names_missing = False


@word("help", "Read which commands there are, or what one of them does, or with all what each does.",
      takes="[COMMAND | all]", short="h", does=("help.keys", "help.palette"))  # fmt: skip
def help_(session: Session, rest: str) -> None:
    """Read the help."""
    if rest and rest != "all":
        session.say(told(words.find(rest)))
        return
    for group, members in words.GROUPS.items():
        if rest:
            session.say(f"{group}.")
            for one in members:
                session.say(told(one))
        else:
            session.say(f"{group}: {', '.join(one.name for one in members)}.")
    session.say("The beginning of a command will do where no other begins so, an empty line reads on, and a number "
                "alone opens what bore it in the list that was read last.")  # fmt: skip
    if not rest:
        session.say("help and one of them tells what it does, help all reads everything.")


def told(one: Word) -> str:
    """Return one command as a line of the help."""
    short = f", {one.short}" if one.short else ""
    takes = f" {one.takes}" if one.takes else ""
    return f"{one.name}{short}{takes}: {one.help}"


@word("quit", "End; everything is saved already, and the next start knows where you were.", short="q",
      also=("exit", "x", "q!", "qa", "wq"), does=("run.quit",))  # fmt: skip
def quit_(session: Session, rest: str) -> None:
    """End."""
    session.over = True
