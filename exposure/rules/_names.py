"""Telling the names of people apart from everything else that stands where a name should.

There is no list of names: a name is known by its shape (a few words of letters, most of them capitalised), after
brands, programs, agencies, companies, legal phrases and fillers are taken away.
"""

from __future__ import annotations

import re
from functools import lru_cache

from exposure.rules._labels import label, numbered
from exposure.rules._stock_texts import BRANDS, PROGRAMS
from exposure.rules._words import word_set

LONGEST = 200
"""No more of a value than this is looked at, in characters."""

_MOST_WORDS = 6

_CLAIM = re.compile(
    r"[©℗®™]|\((?:c|r|p|tm)\)|&copy;|&#169;|\bcopyrights?\b|\bcopr\b\.?"
    r"|\b(?:all|some|alle|tous|todos|tutti)? ?(?:rights|rechte|droits|os direitos|direitos|los derechos|derechos|i diritti|diritti|rechten)"
    r" (?:reserved|vorbehalten|réservés|reservados|riservati|voorbehouden)\b"
    r"|\bno rights reserved\b|\bpublic domain\b|\bused with permission\b"
    r"|\bcc(?:[ -](?:by|sa|nc|nd|zero))+\b|\bcc0\b|\bcreative commons\b|\battribution\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S*@\S+\.\S+|\b(?:https?://|www\.)\S+|\b[\w-]{2,}(?:\.[\w-]+)*\.(?!jr\b)[a-z]{2,6}\b(?:/\S*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(?\+?(?<!\w)\d[\d ().,/\-–+]*(?!\w)")
_CUT = re.compile(r"[|@,;:/\\()\[\]<>{}\"“”„«»\r\n\t]+|\s[-–—*•·~]\s|(?<=[^\W\d_]{3})\.\s")
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’\-]*(?:[.'’\-]{1,2}[^\W\d_]+)*\.?")
_INITIALS = re.compile(
    r"[A-Z](?:\.?[A-Z]){1,3}\.?(?:[/ ,][A-Z](?:\.?[A-Z]){1,3}\.?)?|[a-z](?:\.[a-z]){1,2}\.?"
)

_ACCOUNT = re.compile(r"(?=\D+\d)(?=(?:[^a-z]*[a-z]){3})[A-Za-z][\w.\-]{3,30}", re.ASCII)
_BEFORE = word_set(
    "by photo photos foto fotos photographed photography photographer photograph fotograf fotografin fotógrafo fotografo"
    " photographe fotografía fotografia image picture pictures courtesy of from par por credit author artist"
    " creator taken shot owner name mr mrs ms dr prof herr frau"
)
_AFTER = word_set(
    "photography photo photos photographer photographers fotografie fotografia fotografía photographie photographe fotograf"
    " studio studios photoart foto fotos camera cam pc laptop phone iphone design designs handout"
)
_AFTER_TWO = word_set("images pictures productions")
"""A firm, unless a whole name stands before it."""

_AND = word_set(
    "and & und et y e i og och en + von van de der den di da la le del della dos du bin ibn al el st ten ter zu"
)
_NOBODY = word_set(
    "unknown null none nil nan undefined unspecified anonymous anon noname nobody somebody someone default guest test tester"
    " testing example sample user username users admin administrator root owner author artist creator photographer"
    " photograph photo photos picture pictures image images camera name names my your the a an no not set n nn nn. xx xxx"
    " byline by-line credit credits credit: copyright copyrights notice rights title untitled empty blank file string"
    " staff stringer freelance freelancer handout pool contributor editor communications marketing office team info"
    " home work pc computer desktop laptop mobile phone professional digital family private personal self me i"
    " person people man woman child face unbekannt inconnu desconocido sconosciuto onbekend неизвестно 不明 未知 미상"
    " wedding nature wildlife art fine landscape street travel portrait event events sports aerial stock"
    " unnamed line source caption writer text description comment windows captionwriter"
    " autor autorin auteur autore fotograf fotografo fotógrafo urheber acme contoso fabrikam foo bar foobar"
)
"""Words that name nobody. A value of nothing but such words is a filler."""

_LONG_FILLERS = frozenset({"author", "photographer", "copyright", "unknown"})
_SLIPS = frozenset(w[:i] + w[i + 1 :] for w in _LONG_FILLERS for i in range(len(w)))
"""A single word that is one letter longer or shorter than one of these is a slip of the finger."""

_AGENCIES = word_set(
    "getty gettyimages corbis reuters afp ap dpa epa epd apa keystone alamy shutterstock istock istockphoto magnum bloomberg"
    " nasa esa eso noaa usgs nps nga xinhua tass imago picture-alliance ullstein zuma wireimage filmmagic rex splash"
    " depositphotos dreamstime fotolia unsplash pexels pixabay wikimedia wikipedia nurphoto contour freefoto"
    " iptc cepic plus w3c iso cipa jeita icc ansi ieee unesco unicef"
)
_FIRMS = word_set(
    "inc incorporated ltd llc limited gmbh mbh corp corporation company co ag plc bv nv kg ohg oy oyj ab srl spa sarl sas"
    " pty kk images pictures agency agentur agence agencia press presse news media magazine newspaper verlag university"
    " universität institute institut museum department dept ministry government association verein foundation stiftung"
    " society international worldwide productions group services solutions systems technologies industries electronics"
    " software stock library archive archives center centre school hospital church committee council bureau commons"
    " license licence trademark reserved"
)
_SENTENCE = word_set(
    "the of to for not use used no do with without in on is are was be as at or all free only this that these it its may must"
    " can please any permission allowed copy reproduction der die das nicht für mit ohne nur ist pas pour avec sans sin"
    " para con sem"
)
"""Words of sentences, which are no part of a name when they are written small."""

_PHRASE = word_set(
    "the of for not without only this permission reproduction allowed please copy consideration"
)
"""Words that are no part of a name however they are written."""

_FIRM_SIGNS = ("株式会社", "有限公司", "公司", "주식회사")


def nobody(value: str) -> bool:
    """Whether a value that should be a name is blank or a filler: "Unknown", "n/a", "User name", "???"."""
    words = [w.strip(".,:;!?()[]<>{}\"'*_-") for w in value[:LONGEST].casefold().replace("_", " ").split()]
    words = [w for w in words if any(map(str.isalpha, w))]
    return all(w in _NOBODY for w in words) or label(value) or numbered(value)


def person(value: str) -> tuple[str, bool] | None:
    """The name of a person or household in a value, and whether its shape leaves little doubt; None without one.

    ``© 2008 Jane Doe, all rights reserved`` gives ``("Jane Doe", True)``; a single word gives doubt.
    """
    return _person(value[:LONGEST])


@lru_cache(1024)  # the same name stands in every photo of a library, and several times in each
def _person(value: str) -> tuple[str, bool] | None:
    if label(value):
        return None
    text = _CLAIM.sub("|", value.replace("_", " "))
    text = _NUMBER.sub("|", _ADDRESS.sub("|", text))
    best: tuple[str, bool] | None = None
    for piece in _CUT.split(text):
        found = _name(piece)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    before, _, inside = text.partition("(")
    if best is not None and not best[1] and best[0] in inside and _organisation(before):
        return None  # one word in brackets after an organisation is where that is: "Art Museum (Baltimore)"
    return best


def initials(value: str) -> str | None:
    """A value that is nothing but somebody's initials ("CS/IW", "j.d."); None for others and for "N.N."."""
    text = value.strip()
    if not 2 <= len(text) <= 9 or _INITIALS.fullmatch(text) is None:
        return None
    return None if set(text.casefold()) <= set("n. ") or nobody(text) else text


def account(value: str) -> str | None:
    """The name of an account that stands where a name should, such as nightowl42; None for anything else.

    One word with small letters and a digit: a word of letters alone is taken for a name, and one of capitals for a model.
    """
    words = [
        w for w in _CLAIM.sub(" ", value[:LONGEST]).split() if w.casefold() not in _BEFORE and not w.isdigit()
    ]
    if len(words) != 1 or _ACCOUNT.fullmatch(words[0]) is None:
        return None
    plain = words[0].casefold().strip("0123456789_.-")
    return (
        None
        if nobody(plain) or any(plain in known for known in (BRANDS, PROGRAMS, _AGENCIES, _FIRMS))
        else words[0]
    )


def _organisation(piece: str) -> bool:
    """Whether a piece of a value names an agency, a company or an institution."""
    plain = [w.casefold().strip(".'’") for w in piece.split()[: 3 * _MOST_WORDS]]
    return any(w in _FIRMS or w in _AGENCIES for w in plain) or any(sign in piece for sign in _FIRM_SIGNS)


def _name(piece: str) -> tuple[str, bool] | None:
    words = piece.strip(" .-–—*'’•·~!?=").split()
    if len(words) > 3 * _MOST_WORDS:
        return None
    while words and words[0].casefold().strip(".'’") in _BEFORE:
        del words[0]
    dropped = ""
    while len(words) > 1 and (end := words[-1].casefold()) in (
        _AFTER | _AFTER_TWO if len(words) > 2 else _AFTER
    ):
        dropped = end
        del words[-1]
    if not words or len(words) > _MOST_WORDS:
        return None
    plain = [w.casefold().strip(".'’") for w in words]
    plain = [w[:-2] if w.endswith(("'s", "’s")) else w for w in plain]
    if plain[0] in BRANDS or plain[0] in PROGRAMS or plain[0] in _AGENCIES or any(w in _FIRMS for w in plain):
        return None
    if all(w in _NOBODY or w in _AND for w in plain) or any(sign in piece for sign in _FIRM_SIGNS):
        return None
    return _shaped(words, plain, dropped)


def _shaped(words: list[str], plain: list[str], dropped: str) -> tuple[str, bool] | None:
    """Whether words have the shape of a name: letters only, capitals where a name has them."""
    family = {"family", "familie", "famille", "familia", "famiglia"} & set(plain)
    if not all(_WORD.fullmatch(w) or w in ("&", "+") for w in words):
        return None
    telling = [w for w, p in zip(words, plain, strict=True) if p not in _AND and p != "the"]
    if not telling or (
        not family and any(p in _PHRASE or w in _SENTENCE for w, p in zip(words, plain, strict=True))
    ):
        return None
    name = " ".join(words)
    if len(telling) == 1:
        return (name, bool(family)) if _single(telling[0], dropped) else None
    if any(len(p) > 2 and p in _NOBODY for p in plain) and not family:
        return None
    small = [w for w in telling if w[0].islower()]
    if not small:
        return name, True
    if any(map(str.isupper, telling[-1])) or (len(small) == len(telling) <= 3):
        return name, False
    return None


def _single(word: str, dropped: str) -> bool:
    """Whether one word alone may be a name: not an acronym, and long enough for its script."""
    letters = [c for c in word if c.isalpha()]
    if ord(letters[0]) >= 0x2E80:
        return 2 <= len(letters) <= 8
    plain = word.casefold()
    if plain in _SLIPS or any(plain[:i] + plain[i + 1 :] in _LONG_FILLERS for i in range(len(plain))):
        return False
    return (
        len(letters) >= 3 and not (len(letters) == 3 and word.isupper()) and not (dropped and word.islower())
    )
