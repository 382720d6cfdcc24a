"""What a site's robots.txt allows, as RFC 9309 has it: the longest rule that matches decides. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from store.record import Record

AGENT = "dateline"
"""What we answer to in a robots.txt."""

_MOST_RULES = 5_000
_SLOWEST = 30.0
"""Seconds between two requests that a site can ask for; a longer wait would be no answer."""


class Rules(Record):
    """What is allowed to us on one site."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Pattern and whether it allows, in the order of the file."""
    delay: float = 0.0
    """Seconds between two requests, where the site says so."""

    def allows(self, target: str) -> bool:
        """Tell whether a path with its query may be asked for."""
        wanted = _encoded(target)
        best, allowed = -1, True
        for pattern, allows in self.rules:
            # Of two that are equally long the one that allows has its way.
            if (len(pattern) > best or (len(pattern) == best and allows)) and _matches(pattern, wanted):
                best, allowed = len(pattern), allows
        return allowed


def parse(text: str) -> Rules:
    """Read a robots.txt; lines that say nothing to us are passed over."""
    ours: list[tuple[str, bool]] = []
    anyones: list[tuple[str, bool]] = []
    delays: dict[str, float] = {}
    agents: set[str] = set()
    naming = found = False
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = agents if naming else set()
            naming = True
            agent = re.match(r"[a-zA-Z_-]+|\*|", value)
            agents.add(agent[0].lower() if agent else "")
            found = found or AGENT in agents
            continue
        if name in ("allow", "disallow"):
            naming = False
            if not value:
                continue
            rule = (_encoded(value), name == "allow")
            if AGENT in agents and len(ours) < _MOST_RULES:
                ours.append(rule)
            if "*" in agents and len(anyones) < _MOST_RULES:
                anyones.append(rule)
        elif name == "crawl-delay":
            naming = False
            for agent_name in agents & {AGENT, "*"}:
                delays[agent_name] = _seconds(value)
    if found:
        return Rules(tuple(ours), delays.get(AGENT, 0.0))
    return Rules(tuple(anyones), delays.get("*", 0.0))


def _seconds(value: str) -> float:
    return min(float(value), _SLOWEST) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value) else 0.0


def _encoded(path: str) -> str:
    """Write equal paths in one way, whoever encoded how much of them."""
    return quote(unquote_to_bytes(path), safe="/*$?=&;:@!,+()'~-._")


def _matches(pattern: str, target: str) -> bool:
    """Match a rule: `*` is anything, `$` at the end is the end. Takes time in proportion, whatever is written."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    if not rest:
        return not whole or target == first
    at = len(first)
    for part in rest[:-1] if whole else rest:
        at = target.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not whole or (len(target) - len(rest[-1]) >= at and target.endswith(rest[-1]))
