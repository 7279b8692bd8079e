"""A post as reports show it: who can see it, what it gives away, what to do about it and what stays.

Masked like everything else: a caption is only how long it is, and a link is left out, since it leads to the person's
own post; how sure it is stays. The name of a post stays as well, because `exposure done` needs it, unless it holds
more than an id: then its mark stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from exposure.model import Confidence, Finding, Level, Secret
from exposure.plugins import Archive, discover
from exposure.post import Post, PostExamination
from exposure.posts import weight
from exposure.reports._words import sentence
from exposure.text import masked, plain
from exposure.ticks import mark

SEEN_BY = {
    "public": "everybody",
    "unlisted": "whoever has the link",
    "followers": "your followers",
    "limited": "some people whom you chose",
    "private": "only you",
    "unknown": "not known",
}
"""Who can see a post, by the value of its visibility."""

TIERS = {
    "exact": "it stands in the archive",
    "constructed": "put together by the service’s own rule",
    "guess": "a guess: make sure that it is your post before you do anything",
    "owner-only": "opens for you alone, while you are logged in",
    "none": "the archive has none: look for the post by its date and its pictures",
}
"""How good a link is, in words."""

ACTIONS = {
    "delete": "delete",
    "replace": "replace the picture",
    "setting": "change a setting",
    "leave": "leave",
    "cannot-tell": "look who can see it",
}
"""What to do, in a few words."""

GROUPS = {
    "todo": "To see to",
    "look": "To look who can see them",
    "gone": "Already not public",
    "other": "By somebody else",
    "leave": "With nothing to do",
    "done": "Ticked off",
}
"""What a list of posts is sorted into, the most urgent first."""

OPEN = ("todo", "look")
"""Those of them that ask for something to be done."""

LONGEST_CAPTION = 80
LONGEST_LINK = 2_000

_GROUPS = list(GROUPS)
_EFFORT = ("setting", "replace", "delete", "cannot-tell", "leave")
_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)
_WEB = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?")
_TELLS = re.compile(r"""[@/]|\d{5}|"[^"]*\b[A-Z]\w+ [A-Z]\w""")
"""What evidence does not hold that is but a setting: a handle, an address, a number, a name in quotes."""
_LONGEST_SENTENCE = 300


class Why(NamedTuple):
    """One thing that a post, or one of its photos, gives away."""

    rule: str
    level: Level
    confidence: Confidence
    message: str


class Card(NamedTuple):
    """One post, ready to be shown; all of it is harmless text."""

    name: str
    """What `exposure done` knows it by."""
    mark: str
    group: str
    """Of `GROUPS`."""
    level: Level | None
    """The worst that was found; None for nothing."""
    service: str
    """In words: Flickr."""
    posted: str
    """The day, in UTC; empty when unknown."""
    caption: str
    """In full only with ``--reveal``; empty for none."""
    caption_masked: bool
    seen_by: str
    evidence: str
    """The field of the archive that says who can see it; empty when none does."""
    status: str
    why: tuple[Why, ...]
    """The worst first."""
    action: str
    steps: tuple[str, ...]
    stays: tuple[str, ...]
    link: str
    """Empty where there is none, and without ``--reveal``."""
    is_web: bool
    """Whether the link is an address of the web: nothing else ever becomes one that can be clicked."""
    tier: str
    photos: tuple[str, ...]


def card(examination: PostExamination, reveal: bool) -> Card:
    """What is shown of it."""
    post = examination.post
    caption = post.caption.strip()
    shown = plain(" ".join(caption.split()), LONGEST_CAPTION) if reveal else masked(caption, Secret.TEXT)
    return Card(
        name(post),
        mark(post.key),
        group(examination),
        examination.worst,
        service(post.service),
        plain(post.posted[:10]),
        shown if caption else "",
        bool(caption) and not reveal,
        SEEN_BY.get(post.visibility.value, SEEN_BY["unknown"]),
        evidence(post, reveal),
        plain(post.status),
        tuple(_why(each) for each in _urgent(examination)),
        examination.action,
        tuple(sentence(step) for step in examination.steps),
        tuple(sentence(each) for each in examination.stays),
        link(post, reveal),
        reveal and is_web(post.link.value),
        post.link.tier if post.link.tier in TIERS else "none",
        tuple(plain(photo, LONGEST_LINK) for photo in post.photos),
    )


def name(post: Post) -> str:
    """``flickr:51000000001``; with the post's mark where its id is not one plain word, or it is called by its account."""
    id, account = post.id, post.account.casefold()
    is_whole = post.key == f"{post.service}:{id}"
    if is_whole and _ID.fullmatch(id) and not (account and account in id.casefold()):
        return f"{plain(post.service)}:{id}"
    return f"{plain(post.service)}:_{mark(post.key)}"


def group(examination: PostExamination) -> str:
    """Of `GROUPS`. What is not public any more is nothing to do, whatever it tells; nor is what others made."""
    post = examination.post
    if examination.is_done:
        return "done"
    if not post.own:
        return "other"
    if examination.is_gone:
        return "gone"
    if examination.action == "leave":
        return "gone" if post.visibility.value == "private" else "leave"
    return "look" if examination.action == "cannot-tell" else "todo"


def rank(examination: PostExamination) -> tuple[int, ...]:
    """A post's place in the list, smaller for more urgent: what is open first, by its weight, then by how little there
    is to do."""
    at = group(examination)
    effort = _EFFORT.index(examination.action) if examination.action in _EFFORT else len(_EFFORT)
    return (0 if at in OPEN else _GROUPS.index(at), *(-n for n in weight(examination)), effort)


def service(name: str) -> str:
    """In words, as its archive calls it."""
    return _services().get(name) or plain(name)


@cache
def _services() -> dict[str, str]:
    return {archive.name: archive.title for archive in discover("archives", Archive)}


def evidence(post: Post, reveal: bool) -> str:
    """The field that says who can see it; what follows the field's name may hold an account: then only with `reveal`."""
    told = post.visibility.evidence
    if reveal or not (_TELLS.search(told) or (post.account and post.account.casefold() in told.casefold())):
        return plain(told)
    return plain(re.split(r"[^\w.-]", told, maxsplit=1)[0], 40) + " (masked)"


def link(post: Post, reveal: bool) -> str:
    return plain(post.link.value, LONGEST_LINK) if reveal and post.link.tier != "none" else ""


def is_web(link: str) -> bool:
    """Whether that is an address of the web and nothing else: only such a one ever becomes a link."""
    return len(link) <= LONGEST_LINK and _WEB.fullmatch(link) is not None


def staying(services: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """What no deletion takes back, each sentence once: those that hold for every service here, without a name, and then what
    else holds for each. `services`: the sentences of each, by its name in words."""
    each = {service: dict.fromkeys(sentences) for service, sentences in services.items()}
    first: Iterable[str] = next(iter(each.values()), ())
    everywhere = [one for one in first if all(one in some for some in each.values())]
    own = (
        (service, " ".join(one for one in some if one not in everywhere)) for service, some in each.items()
    )
    return [*(("", one) for one in everywhere), *(found for found in own if found[1])]


def _urgent(examination: PostExamination) -> list[Finding]:
    found = (*examination.findings, *examination.shown)
    return sorted(found, key=lambda f: (-f.level, -f.confidence))


def _why(found: Finding) -> Why:
    return Why(plain(found.rule), found.level, found.confidence, plain(found.message, _LONGEST_SENTENCE))
