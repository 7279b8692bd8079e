"""Rules about names and contact details in the words of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules import _contacts
from exposure.rules._names import nobody, person
from exposure.rules._post_words import BELOW, MOST, WORDS, in_comments, said
from exposure.rules._verdicts import verdict

_EVERY = ("survivor", "activist", "parent", "journalist")
_MACHINE = re.compile(
    r"\bmay be (?:an? )?(?:image|closeup|close-up|illustration|graphic|cartoon|meme|selfie|black)|^(?:photo|photos|image) by .{1,80} on \w"
    r"|^no (?:photo )?(?:description|alt)|image may contain|kann ein bild|peut être une image|puede ser una imagen|può essere un",
    re.IGNORECASE,
)
"""What services write themselves where nobody described a picture."""
_OF = re.compile(
    r"\b(?:photo|picture|portrait|selfie|image|shot|headshot|bild|foto|porträt|photo|retrato|ritratto|retrat)"
    r" (?:of|with|von|mit|de|avec|di|con|com|van|met|av) (?:my \w{3,12},? |me and |me with )?"
    r"([^\W\d_][\w'’-]{1,20}(?: (?:[^\W\d_][\w'’-]{1,20})){0,2})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@post_rule(
    "name-in-alt-text",
    "A name in a picture’s description",
    Question.WHO,
    Level.MEDIUM,
    confidence=Confidence.FIRM,
    message="The description of a picture, which programs copy together with it, names somebody.",
    remedy="Describe what the picture shows without names: that helps those who cannot see it as well.",
    raised_for=_EVERY,
)
def name_in_alt_text(posted: Posted) -> Verdict | None:
    """The alt text, a description for those who cannot see a picture, names somebody.

    Why it matters
        Programs that collect pictures copy such descriptions next to them, which puts a name on whoever is shown.

    What to do
        Keep the description, since people need it, but leave out names.

    What that does not do
        Copies that were collected keep the name. Names are known from the post itself and by their shape: expect misses.

    Covers
        PST03

    References
        https://iapp.org/news/a/uk-first-tier-tribunal-overturns-ico-enforcement-action-against-clearview-ai
    """
    known = {name.casefold(): name for name in _known(posted)}
    sure: list[Evidence] = []
    perhaps: list[Evidence] = []
    for text in said(posted.post, "alt"):
        if _MACHINE.search(text.value):
            continue
        low = f" {' '.join(_WORD.findall(text.value.casefold()))} "
        sure += [Evidence(text.address, known[n], Secret.NAME) for n in known if f" {n} " in low]
        if not sure:
            perhaps += [Evidence(text.address, name, Secret.NAME) for name in _shaped(text.value)]
    if sure:
        return Verdict(tuple(sure[:MOST]))
    return Verdict(tuple(perhaps[:MOST]), confidence=Confidence.TENTATIVE) if perhaps else None


def _known(posted: Posted) -> Iterator[str]:
    """Names that the post and its photos give, and their first words."""
    people = [*posted.post.facts.people, *posted.post.stored.people]
    people += [one for photo in posted.photos for one in photo.facts.people if one.role == "depicted"]
    for one in people[:200]:
        parts = _WORD.findall(one.name[:100])
        name = " ".join(parts)
        if not nobody(name) and name[:1].isupper():
            yield name
            if len(parts) > 1 and len(parts[0]) > 2:
                yield parts[0]


def _shaped(text: str) -> Iterator[str]:
    """Names of two words or more that stand where one says who is in a picture."""
    for found in _OF.finditer(text):
        capitals: list[str] = []
        for word in found[1].split():
            if word[0].islower():
                break
            capitals.append(word)
        name = person(" ".join(capitals)) if len(capitals) > 1 else None
        if name is not None and name[1]:
            yield name[0]
    whole = person(text) if len(text.split()) in (2, 3) else None
    if whole is not None and whole[1]:
        yield whole[0]


@post_rule(
    "contact-in-words",
    "An e-mail address or telephone number in the words of the post",
    Question.WHO,
    Level.HIGH,
    confidence=Confidence.FIRM,
    message="The words of the post hold an e-mail address or a telephone number by which somebody can be reached.",
    remedy="Edit the words, and leave out what you would not tell a stranger.",
)
def contact_in_words(posted: Posted) -> Verdict | None:
    """The caption, the description of a picture, the name of the album or a comment holds an e-mail address or a telephone number.

    Why it matters
        It gives every reader, and every program that collects posts, a direct way to reach you, and ties the account to
        everything else that carries the same number or address.

    What to do
        Edit the caption. If it has to be there, use an address that you use for nothing else.

    What that does not do
        Programs that collect addresses have it already. Numbers that are written in an unusual way can be missed; that
        of a shop or an office may be meant to be there.

    Covers
        IDN02 and IDN03, in posts

    References
        https://cpj.org/2019/09/digital-safety-remove-personal-data-internet/
    """
    found = (
        Evidence(text.address, each, Secret.TEXT)
        for text in said(posted.post, *WORDS, "alt")
        if _contacts.suspects(f"\n{text.value}")
        for each in _contacts.contacts(text.value)
    )
    told = list(dict.fromkeys(found))[:MOST]
    if told and in_comments(posted.post, told):
        return Verdict(tuple(told), message=_COMMENT, remedy=BELOW)
    return verdict(told)


_COMMENT = (
    "A comment below the post holds an e-mail address or a telephone number by which somebody can be reached."
)
