"""What a line is by its look: a headline, a byline, a caption, a heading. In doubt, it is a paragraph."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from store.formats.clean import one_line
from store.formats.dates import date_line, find_date

_SENTENCE_END = re.compile(r"[.!?…。！？؟]['\"”’»)\]]*(?=\s|$)|[。！？]")
_ENDS_OPEN = re.compile(r"[.,;:]['\"”’»)]*$|[,;:]$")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]\.|(?:U\.S|U\.N|U\.K|Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Ltd|Co|No|vs|a\.m|p\.m)\.)$"
)

_BY = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|story by|written by|(?:text|words)(?: by)?:|author:|byline:)\s+(?=\S)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"""^(?:special\sto\b|special\s(?:correspondent|report)\b|exclusive\sto\b|for\sthe\s[A-Z]
        |from\s(?:our|a|the)\s(?:own\s|staff\s|special\s|foreign\s)*correspondents?\b|from\sour\b|from\swire\b
        |by\s(?:our|a)\b|our\scorrespondent|staff\s(?:writers?|reporters?|report)\b|reporting\sby\b|(?:with\s)?agencies$
        |de\snotre\scorrespondant|von\sunserem\skorrespondenten)""",
    re.IGNORECASE | re.VERBOSE,
)
_OPEN_CREDIT = re.compile(r"(?:^by|\b(?:to|by|from|for|von|par|por))$", re.IGNORECASE)
_AGENCIES = (
    r"AFP|AP|A\.P\.|Associated\sPress|Agence\sFrance-Presse|Reuters|EPA|EPA-EFE|EFE|TASS|ITAR-TASS|Interfax|RIA\sNovosti"
    r"|Sputnik|Kyodo(?:\sNews)?|Jiji(?:\sPress)?|Xinhua|Yonhap|dpa|DPA|APA|ANSA|PA|PA\sMedia|PTI|UPI|Bloomberg|Belga"
    r"|Anadolu(?:\sAgency)?|Getty(?:\sImages)?|Lusa|CTK|ČTK|PAP|MTI|NTB|TT|Ritzau|STT|Keystone|Magnum|Shutterstock"
    r"|Alamy|RFE/RL|Radio\sFree\sEurope\s?/\s?Radio\sLiberty|BBC(?:\sNews)?|VOA|Handout|Pool|Wikimedia(?:\sCommons)?"
)
_AGENCY_LINE = re.compile(rf"^(?:{_AGENCIES})(?:\s*[,/&|·-]\s*(?:{_AGENCIES}))*$".replace(" ", r"\s"))
_SMALL_WORDS = """
    and or of for the in at to with de da do dos la le van von der den di du y e et und och og bin al el a
    an correspondent editor reporter writer staff columnist special chief senior political foreign
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_SEPARATOR = re.compile(r"\s*[·|•]\s*|\s+[–—-]\s+|,\s+(?=\S)")

_PICTURE = r"(?:file\s|handout\s|courtesy\s)?(?:photo(?:graph)?s?|pictures?|images?|fotos?|illustration)"
_CAPTION = (
    re.compile(rf"(?:/|\||—|–|©|\(c\))\s?(?:{_AGENCIES})[.)\]]*$"),
    re.compile(r"\b(?:REUTERS|AP\sPhoto|AFP|EPA|EPA-EFE|Reuters|Kyodo|Xinhua|Getty\sImages)\s?/\s?[A-Z][^/.]{1,60}[.)\]]*$"),
    re.compile(rf"[(\[]\s?(?:{_PICTURE}|credit|©)\b[^()\[\]]{{0,140}}[)\]]\.?$", re.IGNORECASE),
    re.compile(rf"[(\[](?:{_AGENCIES})(?:\s?/[^()\[\]]{{1,60}})?\s(?:photo|file)[)\]]\.?$", re.IGNORECASE),
    re.compile(r"(?:^|[.!?”\"’')]\s+|\s[–—|/]\s)(?:Photo(?:graph)?s?|Picture|Image|Foto|Illustration|PHOTO)"
               r"(?:\s(?:by|courtesy(?:\sof)?|credit:?)\s+|:\s*)[A-Z©][^.]{1,80}\.?$"),
    re.compile(r"(?:^|[.!?”\"’')]\s+|\s[–—|/]\s)(?:CREDIT|(?:Image |Photo )?[Cc]redit):\s*\S[^.]{1,80}\.?$"),
    re.compile(r"^(?:Caption|CAPTION|PHOTO|Photo|Foto|FOTO|Bild):\s+\S"),
    re.compile(r"^(?:In this|A) (?:file )?(?:photo|image|picture)\b.{10,300}\((?:[^()]{2,60})\)\.?$"),
)  # fmt: skip
_CAPTION_HINT = re.compile(r"[/|—–©(\[]|hoto|mage|icture|oto|redit|llustration|PHOTO|CREDIT|IMAGE|Bild")
_CAPTION_START = re.compile(r"Caption|CAPTION|PHOTO|Photo|Foto|FOTO|Bild|Image|Picture|In this|A ")


class Credit(NamedTuple):
    """What a line under a headline says: by whom and when."""

    byline: str
    published: date | None
    open: bool = False
    """True when the name stands on the next line: "Special to"."""


def is_headline(line: str) -> bool:
    """Tell whether a first line reads like a headline: short, and no sentence that ends."""
    text = line.strip()
    if not text or len(text) > 200 or text.count("\n") > 2 or not any(c.isalnum() for c in text):
        return False
    if _ENDS_OPEN.search(text) and not _ABBREVIATION.search(text):
        return False
    if text.endswith(("。", "；", "、")) or is_caption(text) or date_line(text) is not None:
        return False
    # Two sentences in a line are the beginning of a text, unless they are short: "It rained. Then it stopped"
    return len(text) <= 120 or len(_SENTENCE_END.findall(text)) < 2


def is_caption(text: str) -> bool:
    """Tell whether a paragraph is a picture's caption, by its credit: "... / AFP", "(Photo: ...)"."""
    if len(text) > 600:
        return False
    line = " ".join(text.split())
    if _CAPTION_HINT.search(line, max(0, len(line) - 200)) is None and not _CAPTION_START.match(line):
        return False
    return any(form.search(line) for form in _CAPTION)


def credit(line: str) -> Credit | None:
    """Read a line that says by whom or when an article is; None when it says neither."""
    text = " ".join(line.split())
    if not text or len(text) > 160:
        return None
    alone = date_line(text)
    if alone is not None:
        return Credit("", alone)
    found = find_date(text)
    rest = text
    if found is not None:
        rest = _SEPARATOR.sub(" · ", text[: found[1]] + " · " + text[found[2] :])
        parts = [
            part.strip(" ·,|–—-")
            for part in re.split(r" · | \| ", text[: found[1]] + " · " + text[found[2] :])
        ]
        rest = " · ".join(part for part in parts if part and not _only_clock(part))
    published = found[0] if found else None
    if re.search(r"[.!?]['\"”’»)]*$", rest) and not _ABBREVIATION.search(rest):
        return None
    if _CREDIT.match(rest) or _AGENCY_LINE.match(rest):
        return Credit(rest, published, _OPEN_CREDIT.search(rest) is not None)
    if _OPEN_CREDIT.fullmatch(rest):
        return Credit(rest, published, True)
    by = _BY.match(rest)
    if by is not None and _names(rest[by.end() :]):
        return Credit(rest, published)
    if published is not None and len(rest) <= 80 and _names(rest):
        return Credit(rest, published)
    return None


def continues_credit(line: str) -> bool:
    """Tell whether a line can be the name that an open credit ("Special to") waits for."""
    text = " ".join(line.split())
    return 0 < len(text) <= 100 and re.search(r"[.!?;:]$", text) is None and _names(text)


def is_shouted(line: str) -> bool:
    """Tell whether a line is a heading by its capitals."""
    text = line.strip()
    return (
        len(text) <= 80
        and text.isupper()
        and not text.endswith((".", ",", ";"))
        and sum(1 for c in text if c.isalpha()) >= 4
    )


def is_subheading(line: str) -> bool:
    """Tell whether a line between long paragraphs can be a heading: a few words, no stop, a capital first."""
    text = line.strip()
    return (
        2 <= len(text) <= 60
        and (text[0].isupper() or text[0] in "“‘\"'«")
        and not re.search(r"[.,;:!…。/'\"”’»)]$", text)
        and len(text.split()) <= 9
        and find_date(text) is None
    )


def first_words(text: str, limit: int) -> str:
    """Make a title of a text that has none: its first sentence, at most 100 characters of it."""
    line = " ".join(text[:2000].split())
    end = _SENTENCE_END.search(line, 20)
    sentence = line[: end.end()] if end and end.end() <= 100 else line
    return one_line(sentence, min(limit, 100))


def _only_clock(part: str) -> bool:
    return not any(
        c.isalpha()
        for c in re.sub(
            r"(?i)\b(?:[ap]\.?m|gmt|utc|cet|cest|est|edt|bst|z|uhr|h|updated|published|at|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
            "",
            part,
        )
    )


def _names(text: str) -> bool:
    """Tell whether a line is made of names and the small words between them."""
    words = [word.strip("()[]“”\"'’.,:&/+") for word in text.split()]
    first = next((word for word in words if word and word[0].isalnum()), "")
    if not first or (first[0].islower() and not first.startswith(("d'", "al-"))):
        return False
    plain = [word for word in words if word and word[0].islower() and word.casefold() not in _SMALL]
    return len(plain) <= (1 if len(words) < 8 else 2) and len(words) <= 24
