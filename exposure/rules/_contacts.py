"""E-mail addresses and telephone numbers in text, told from everything that only looks like them.

Cheap first: `suspects` looks over all the text of a photo at once. Only then do the others look closely, and
with code rather than with one large pattern, so that no text however built takes more than time in proportion to
its length. Specification: RFC 5321 section 4.5.3.1 (lengths), RFC 2606 (example names), ITU-T E.164 (15 digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.rules._stock_texts import BRANDS, PROGRAMS
from exposure.rules._words import word_set

_MOST_CANDIDATES = 10_000
"""How many places of one text are looked at closely, for each of the two."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "\u00a0\u2009\u202f\t"), " ")
_SIGNS = r"\d ().\-/\u00a0\u2009\u202f‐‑‒–"
_HINTS = (
    ("@", re.compile("@")),
    ("+", re.compile(rf"\+ ?\(?\d[{_SIGNS}]{{6}}")),
    ("(", re.compile(rf"\( ?\+?\d[{_SIGNS}]{{7}}")),
    ("0", re.compile(rf"0(?<![0-9A-Za-z._:/\\\-]0)[{_SIGNS}]{{8}}")),
    ("-", re.compile(r"-(?<=\d-)\d{4}(?![\w-])")),
    (".", re.compile(r"\.(?<=\d\.)\d{3}\.\d{4}")),
)
"""What an address, or a telephone number without a word before it, has: each begins with one sign, quick to look for."""

_DIGITS = re.compile(rf"\d[{_SIGNS}]{{5}}")
"""What every telephone number has; no hint below, and no word before a number, is enough without it."""

_STEMS = ("tel", "phone", "mob", "cel", "mov", "fax", "whats")
_ALL_STEMS = (*_STEMS, "tél", "móv", "тел", "моб", "τηλ", "电话", "手机", "電話", "携帯", "전화", "☎", "📞")
_WORDS = (
    r"(?:tel|tél|teléf|telef|phone|telephone|telefon|telefone|telefono|teléfono|téléphone|telefoon|mobile|mobil|móvil|movil|mob"
    r"|celular|cellulare|cellphone|cell|fax|whatsapp|тел|телефон|моб|τηλ|电话|手机|電話|携帯|전화|☎|📞)"
)
_NAMED = re.compile(
    rf"(?<![^\W\d_]){_WORDS}[^\w\n+(]{{0,4}}(?:(?:no|nr|num|number|nummer|n°|nº|work|home|is|me|at)[^\w\n+(]{{0,3}})?\Z"
)
_ANNOUNCED = re.compile(rf"[^\d\n]{{0,20}}{_DIGITS.pattern}")
_COUNTED = re.compile(
    r"(?:(?<![^\W\d_])(?:s/?n|serial|ser|no|nr|num|id|isbn|issn|ref|order|job|case|invoice|version|ver|v|rev|build|firmware"
    r"|fw|image|img|photo|frame|file|windows phone|size|res|scale|crop|lat|lon|long|latitude|longitude)|[#№])\W{0,3}\Z"
)
_RUN = re.compile(rf"(?:\+ ?)?\(?(?:\+ ?)?\d[{_SIGNS}]{{6,}}")
_DATED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d\d*)?)(?!\d)"
    r"|^(?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMERICAN = re.compile(r"(?:1[-. ])?[2-9]\d\d([-.])[2-9]\d\d\1\d{4}|[2-9]\d\d/[2-9]\d\d-\d{4}")
_CHINESE = re.compile(r"1[3-9]\d-\d{4}-\d{4}")
_BRACKETED = re.compile(r"(?:[0178][ -]?)?\((\d{1,5})\)[ -]{0,2}\d{2,8}(?:[ -]\d{2,5}){0,3}")
_DECIMAL = re.compile(r"\+?\d+\.\d+")
_GROUP = re.compile(r"\d+")
_COUNTING = "01234567890123456789" + "98765432109876543210"

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}([^\W\d_]{2,24})(?![\w-])")
_LOCAL = re.compile(r"[\w.%+'=-]{1,64}\Z")
_TOP = word_set("example test invalid localhost local lan internal home arpa png jpg jpeg gif webp heic svg pdf tif tiff bmp xml json txt js css html psd dng nef mp")  # fmt: skip
"""Last parts of host names that nobody outside can write to, and endings of file names ("icon@2x.png")."""

_SAMPLES = word_set("example sample domain yourdomain mydomain email website test")
_MACHINES = re.compile(
    r"(?:no|do-?not|donot)[-_.]?reply.*|mailer-daemon|postmaster|abuse|git|username|user|you|your[-_.]?(?:name|e?mail)"
)
_DESKS = re.compile(r"(?:support|info|service|help|contact|webmaster|feedback|sales|press|office|customer|care|privacy|legal|license|security|hello|mail|camera|imaging|copyright|permissions?).*")  # fmt: skip


def suspects(text: str) -> set[str]:
    """The lines of a text that may hold contact details; those of all others hold none. Put a line end before it."""
    found: set[str] = set()
    if "@" not in text and _DIGITS.search(text) is None:
        return found
    for sign, hint in _HINTS:
        if sign in text:
            at = hint.search(text)
            while at is not None:
                line = _line(text, at.start())
                found.add(text[line])
                at = hint.search(text, line.stop)
    low = text.lower()
    for stem in _STEMS if text.isascii() else _ALL_STEMS:
        if stem in low:
            found |= _announced(text, low, stem)
    return found


def _announced(text: str, low: str, stem: str) -> set[str]:
    """The lines in which digits follow somewhere after that stem of a word; `low` is the text in lower case."""
    if len(low) != len(text):  # a Turkish capital gets longer in lower case, and the places no longer agree
        return set(text.split("\n"))
    found, at = set(), low.find(stem)
    while at >= 0:
        after = at + len(stem)
        if _ANNOUNCED.match(low, after) is not None:
            line = _line(text, at)
            found.add(text[line])
            after = line.stop
        at = low.find(stem, after)
    return found


def _line(text: str, at: int) -> slice:
    """The line that a place in a text is in."""
    end = text.find("\n", at)
    return slice(text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))


def contacts(text: str) -> Iterator[str]:
    """Every e-mail address, then every telephone number in a text."""
    if "@" in text:
        yield from emails(text)
    yield from phones(text)


def emails(text: str) -> Iterator[str]:
    """E-mail addresses of people: no examples, no machines, no help desks of camera and software makers."""
    at = -1
    for _ in range(_MOST_CANDIDATES):
        at = text.find("@", at + 1)
        if at < 0:
            return
        host = _DOMAIN.match(text, at + 1, at + 256)
        name = _LOCAL.search(text[max(0, at - 64) : at]) if host is not None else None
        if host is None or name is None:
            continue
        local = name[0].rpartition("=")[2].strip(".'%+-")
        if local and _personal(local.casefold(), host[0].casefold(), host[1].casefold()):
            yield f"{local}@{host[0]}"


def _personal(local: str, host: str, top: str) -> bool:
    labels = host.split(".")
    if top in _TOP or any(label in _SAMPLES for label in labels[-3:-1]) or _MACHINES.fullmatch(local):
        return False
    made = any(label in BRANDS or label in PROGRAMS for label in labels[-3:-1])
    return not (made and _DESKS.fullmatch(local))


def phones(text: str, numbered: bool = False) -> Iterator[str]:
    """Telephone numbers; with `numbered` only those that a word such as "tel" announces."""
    for count, run in enumerate(_RUN.finditer(text)):
        if count >= _MOST_CANDIDATES:
            return
        start, end = run.span()
        if end - start <= 200 and not _part_of_more(text, start, end):
            before = text[max(0, start - 24) : start].lower()
            named = _NAMED.search(before) is not None
            if not named and (
                numbered or text[start - 1 : start] in tuple("/=.-#&?%@\\_") or _COUNTED.search(before)
            ):
                continue
            yield from _numbers(run[0], named, _prose(text, start, end))


def _part_of_more(text: str, start: int, end: int) -> bool:
    """Whether the signs around a run of digits make it part of something else: an id, a time, an angle."""
    before, after, last = text[start - 1 : start] if start else "", text[end : end + 1], text[end - 1]
    if _latin(before) or (before == ":" and text[start - 2 : start - 1].isdigit()):
        return True
    if (
        before in ("-", ".", "/", ",")
        and start > 1
        and (_latin(text[start - 2]) or text[start - 2].isdigit())
    ):
        return before != "." or text[start - 2].isdigit()
    if last == " " or not after:
        return False
    if last in "-./":
        return _latin(after)
    return _latin(after) or after in "_%°'′″\"=@*^" or (after in ":," and text[end + 1 : end + 2].isdigit())


def _latin(sign: str) -> bool:
    """A letter, digit or underscore that belongs to a number next to it; in Chinese and Japanese none does."""
    return sign != "" and ord(sign) < 0x2E80 and (sign.isalnum() or sign == "_")


def _prose(text: str, start: int, end: int) -> bool:
    """Whether words stand beside a run of digits, so that it is no number by itself."""
    before, after = text[max(0, start - 40) : start].strip(" ,;:|-("), text[end : end + 40].strip(" ,;:|-)")
    return (len(before) > 2 and before[-3:].isalpha()) or (len(after) > 2 and after[:3].isalpha())


def _numbers(run: str, named: bool, prose: bool) -> Iterator[str]:
    """The telephone numbers in one run of digits and signs: the whole of it, or its pieces."""
    plain = run.translate(_DASHES)
    whole = _phone(" ".join(plain.split()), named, prose)
    if whole is not None:
        yield whole
        return
    for piece in re.split(r" {2,}| [/-] ", plain):
        if len(piece) != len(plain) and (found := _phone(piece, named, prose)) is not None:
            yield found


def _phone(text: str, named: bool, prose: bool) -> str | None:
    """The number in a text of digits and signs, without a year before or after it; None when it is no number."""
    text = text.strip(" .-/")
    text = text.rstrip("(").strip(" .-/")
    if text.count("(") != text.count(")") or (text.startswith("(") and text.endswith(")")):
        text = text.strip("() ")
        if "(" in text or ")" in text:
            return None
    if _is_phone(text, named, prose):
        return text
    words = text.split(" ")
    if len(words) > 1 and _YEAR.fullmatch(words[-1]):
        return _phone(" ".join(words[:-1]), named, prose)
    if len(words) > 1 and _YEAR.fullmatch(words[0]):
        return _phone(" ".join(words[1:]), named, prose)
    return None


def _is_phone(text: str, named: bool, prose: bool) -> bool:
    digits = "".join(filter(str.isdigit, text))
    if not 7 <= len(digits) <= 15 or len(text) > 30 or len(set(digits)) < 3 or digits in _COUNTING:
        return False
    if _DECIMAL.fullmatch(text) or "--" in text or ".." in text or "//" in text:
        return False
    if "+" in text:
        return _international(text, digits)
    if _DATED.search(text):
        return False
    groups = _GROUP.findall(text)
    if named:
        return not ("." in text and any(len(g) == 1 for g in groups))
    if len(digits) < 8:
        return False
    if "(" in text:
        found = _BRACKETED.fullmatch(text)
        return found is not None and 9 <= len(digits) <= 13 and not _YEAR.fullmatch(found[1])
    if _AMERICAN.fullmatch(text) or _CHINESE.fullmatch(text):
        return True
    return text.startswith("0") and _national(text, digits, groups, prose)


def _international(text: str, digits: str) -> bool:
    """With a plus (ITU-T E.164): 8 to 15 digits; after +1, ten that begin with 2 to 9."""
    if text.lstrip("+( ")[:1] in ("0", "") or text.rfind("+") > 1:
        return False
    if digits.startswith("1"):
        return len(digits) == 11 and digits[1] in "23456789"
    return len(digits) >= 8 and len(_GROUP.findall(text)) <= 8


def _national(text: str, digits: str, groups: list[str], prose: bool) -> bool:
    """With a leading 0, or 00 for abroad, in groups as people write them; ungrouped only among words."""
    if digits[1] == "0":
        return (
            digits[2] != "0"
            and 11 <= len(digits) <= 15
            and (len(groups) > 1 or prose)
            and len(groups[0]) >= 4
        )
    if len(groups) == 1:
        return prose and 10 <= len(digits) <= 11 and len(set(digits)) >= 4
    signs = set(text) - set("0123456789")
    if (
        not 9 <= len(digits) <= 12
        or len(groups) > 6
        or ("." in signs and len(signs) > 1)
        or text.count("/") > 1
    ):
        return False
    sizes = [len(g) for g in groups]
    if "." in signs and (len(groups) < 3 or len(digits) > 11):
        return False
    return 2 <= sizes[0] <= 6 and min(sizes) >= 2 and (max(sizes) > 2 or len(sizes) == 5)
