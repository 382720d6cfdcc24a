"""Saved searches: read, taken for the list, saved, renamed, deleted; and the rules that some of them carry."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from store.errors import QueryError, UsageError
from store.library import ApplyRule, DeleteSearch, SaveSearch, Search, check_query, normal_search
from tui.commands.tag_words import tag_words
from tui.linear import words
from tui.linear.listing import set_filter
from tui.linear.session import Session
from tui.linear.spoken import sentence
from tui.render.counted import counted

word = partial(words.word, group="Saved searches")

_USES = "searches, searches rename OLD to NEW, searches tag NAME: +a -b, or searches delete NAME."


@word("searches", "Read your saved searches; open and a number filters the list with one. searches rename OLD to NEW, "
      "searches tag NAME: +a says which tags its rule puts on what is new, searches delete NAME.",
      takes="[rename OLD to NEW | tag NAME: +a -b | delete NAME]",
      also=("views",),
      does=("search.list", "view.choose", "searches.show", "searches.rename", "searches.edit", "searches.tags",
            "searches.delete"))  # fmt: skip
def searches(session: Session, rest: str) -> None:
    """Read the saved searches, or change one."""
    first, _, behind = rest.partition(" ")
    if rest:
        _change(session, first, behind.strip())
        return
    saved = session.library.searches()
    for number, one in enumerate(saved, 1):
        rule = f"; tags what is new {', '.join(one.tags)}" if one.tags else ""
        session.say(f"{number}. {one.name}: {one.query}{rule}")
    if not saved:
        session.say("You have saved no searches. save NAME saves the filter under a name.")

    def show(number: int) -> bool:
        if not 0 < number <= len(saved):
            return False
        set_filter(session, saved[number - 1].query)
        return True

    session.hear(show if saved else None)


def _change(session: Session, how: str, behind: str) -> None:
    if how == "delete" and behind:
        session.tell(session.save(DeleteSearch(_known(session, behind).name)), "It is gone already.")
    elif how == "rename" and " to " in behind:
        old, _, new = behind.partition(" to ")
        search, name = _known(session, old.strip()), normal_search(new)
        other = _find(session, name)
        if other is not None and other.name != search.name:
            raise UsageError(f"{other.name} is a saved search already.")
        session.tell(session.save(_saved(search, name=name)), "It is called so already.")
    elif how == "tag" and ":" in behind:
        name, _, written = behind.rpartition(":")
        search = _known(session, name.strip())
        add, remove = tag_words(written)
        tags = tuple(one for one in dict.fromkeys((*search.tags, *add)) if one not in remove)
        session.tell(session.save(_saved(search, tags=tags)), "It tags so already.")
    else:
        raise UsageError(_USES)


def _saved(search: Search, *, name: str = "", tags: tuple[str, ...] | None = None) -> SaveSearch:
    old = search.name if name and name != search.name else None
    return SaveSearch(name or search.name, search.query, search.pinned, search.tags if tags is None else tags, old=old)


def _find(session: Session, name: str) -> Search | None:
    return next((one for one in session.library.searches() if one.name.casefold() == name.casefold()), None)


def _known(session: Session, name: str) -> Search:
    found = _find(session, name)
    if found is None:
        raise UsageError(f"There is no saved search {name}. searches reads them.")
    return found


@word("save", "Save the filter of the list as a search under a name; filter search:NAME or searches takes it again.",
      takes="NAME", does=("search.save",))  # fmt: skip
def save(session: Session, rest: str) -> None:
    """Save the filter."""
    if not session.query:
        raise UsageError("There is no filter to save. filter and a query makes one, then save NAME saves it.")
    name = normal_search(rest)
    try:
        check_query(session.query, {one.name: one.query for one in session.library.searches()} | {name: session.query})
    except QueryError as error:
        raise UsageError(f"Not saved: {error}") from error
    there = _find(session, name)
    if there is not None and not session.agreed(f"{there.name} is saved already, as {there.query}. Replace it?"):
        session.say("Nothing was saved.")
        return
    change = SaveSearch(name, session.query) if there is None else SaveSearch(
        there.name, session.query, there.pinned, there.tags
    )  # fmt: skip
    session.tell(session.save(change), "It is saved so already.")


@word("rules", "Say what the searches that tag would put on new articles, and do it after a question.",
      does=("search.rules",))  # fmt: skip
def rules(session: Session, rest: str) -> None:
    """Let the rules tag what is new."""
    # Taken before the rules look: what comes meanwhile is new to them the next time.
    looked = datetime.now(UTC)
    saved = [one for one in session.library.searches() if one.tags]
    found: list[tuple[Search, list[int]]] = []
    for rule in saved:
        try:
            keys = session.wait(session.library.new_to(rule))
        except QueryError as error:
            session.say(sentence(f"The rule {rule.name} is wrong: {error}"))
            continue
        if keys:
            found.append((rule, keys))
            session.say(f"{rule.name}: {', '.join(rule.tags)} on {counted(len(keys), 'article')}")
    if not found:
        session.say("Nothing is new to your rules." if saved else
                    "You have no rules. searches tag NAME: +a makes one of a saved search.")  # fmt: skip
    elif session.agreed("Tag them?"):
        for rule, keys in found:
            with session.library.reading() as many:
                targets = tuple(many.targets(keys))
            change = ApplyRule(rule.name, targets, looked, session.library.folders)
            session.tell(session.save(change), "Nothing to tag.")
    else:
        session.say("Nothing was tagged.")
