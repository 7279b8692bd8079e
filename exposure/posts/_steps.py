"""What can be done about a post, the least destructive first, and what stays whatever is done.

The ladder: look who can see it where nobody knows; change a setting; take the place off; edit the words, the tags, the
description; replace the picture where its address stays; delete. Nobody is ever told to remove what somebody else made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exposure.model import Context, Finding, Level
from exposure.plugins import CLEAN
from exposure.post import ACCOUNT, PROFILE, Post
from exposure.posts._services import Service, general, is_message, service

GONE = {
    "deleted": "it was deleted",
    "expired": "its time was over",
    "archived": "you put it away",
}
"""Why a post that is gone is not public any more."""

PARTS = {
    "post-position": "place",
    "place-tag": "place",
    "live-post": "place",
    "live-habit": "place",
    "exact-place-now": "now",
    "place-in-words": "words",
    "home-in-words": "words",
    "routine-in-words": "words",
    "event-in-words": "words",
    "child-in-words": "words",
    "contact-in-words": "words",
    "people-mentioned": "words",
    "people-tagged": "people",
    "name-in-alt-text": "alt",
    "page-around-picture": "seen",
    "screenshot-posted": "picture",
    "sent-as-file": "picture",
    "kept-by-service": "stored",
    "face-labels": "stored",
}
"""What of a post each rule is about."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OTHERS = "Somebody else made this, so it is not yours to take down. If it troubles you, ask them to take it down, or to take you out of it."
_NOTHING = "Nothing that was found here needs doing."
_LOOK = " Look at the picture itself: what it shows is not checked."
_PROFILE = "On your profile at {}, take out or change what gives too much away."
_ACCOUNT = (
    "{} keeps this with your account, and shows it to you alone. Nothing has to be done; only the settings of the account, or "
    "closing it, can change what is kept."
)
_LITTLE = (
    "Little is given away here, so nothing has to be done. If you like, change it all the same, as follows."
)
_EVIDENCE = (
    "Before you change or delete anything: keep a copy as evidence, and talk to somebody who helps people in your situation. "
    "Whoever watches you may notice that a post is gone."
)
_COPY = "Keep the original where it is safe: never change the only copy."


class Step(NamedTuple):
    """One thing to do."""

    action: str
    """One of `exposure.post.ACTIONS`."""
    sentence: str


def steps(post: Post, findings: Sequence[Finding], shown: Sequence[Finding], context: Context) -> list[Step]:
    """At least one; the first is the one to begin with. `shown`: what its photos tell, the worst of each rule."""
    known = service(post.service)
    everything = (*findings, *shown)
    worst = max((f.level for f in everything), default=Level.INFO)
    if not post.own:
        return [Step("leave", _OTHERS)]
    if may_be_kept(post) and worst >= Level.MEDIUM:
        return [Step("cannot-tell", known.kept)]
    if post.is_gone:
        return [Step("leave", f"This is not public any more: {GONE[post.status]}. Nothing has to be done.")]
    if worst is Level.INFO:
        return [Step("leave", _NOTHING + _LOOK * bool(post.photos))]
    if post.id == ACCOUNT:
        return [Step("leave", _ACCOUNT.format(known.name[0].upper() + known.name[1:]))]
    if post.id == PROFILE:
        return [Step("setting" if worst >= Level.MEDIUM else "leave", _PROFILE.format(known.name))]
    if not shown and all(PARTS.get(f.rule) == "stored" for f in findings if f.level is not Level.INFO):
        return _forgetting(known, findings)
    if post.visibility.value == "private":
        return [Step("leave", _private(known))]
    ladder = list(_ladder(post, known, findings, shown, context))
    if any(PARTS.get(f.rule) == "now" and f.level is Level.CRITICAL for f in findings):
        ladder.sort(key=lambda step: step.action != "delete")
    caution = [Step(ladder[0].action, _EVIDENCE)] if context.profile == "survivor" else []
    opening = Step(ladder[0].action, _opening(post, known))
    if worst < Level.MEDIUM:
        return [Step("leave", _LITTLE), *caution, opening, *ladder]
    if post.visibility.value == "unknown":
        silent = "says too little of" if post.visibility.evidence else "does not say"
        look = Step("cannot-tell", f"The archive {silent} who can see this: find out first. {known.look}")
        page = (
            [Step("cannot-tell", f"At {known.page} are the settings of {known.name}.")] if known.page else []
        )
        return [look, *page, *caution, opening, *ladder]
    return [opening, *caution, *ladder]


def may_be_kept(post: Post) -> bool:
    """Whether it is a story that is over, but may be kept where everybody sees it; no archive says so."""
    return post.status == "expired" and bool(service(post.service).kept)


def _ladder(
    post: Post,
    known: Service,
    findings: Sequence[Finding],
    shown: Sequence[Finding],
    context: Context,
) -> Iterator[Step]:
    """From a change of a setting to deleting."""
    if known.message and is_message(post):
        yield Step("delete", known.message)
        return
    parts = {PARTS.get(f.rule, "words") for f in findings if f.level is not Level.INFO}
    if "now" in parts:
        parts.add("place")
    hidden = any(f.command == CLEAN and f.level is not Level.INFO for f in shown)
    gentle = False
    if known.setting and post.visibility.value != "limited":
        gentle = True
        yield Step("setting", known.setting)
    for part in ("place", "words", "people", "alt"):
        if part in parts and (sentence := str(getattr(known, part))):
            gentle = True
            yield Step("setting", sentence)
    delete = f"If that is not enough: {_small(known.delete)}" if gentle else known.delete
    if hidden and known.replace:
        yield Step("replace", f"{known.replace} “exposure clean” makes the copy.")
        if context.profile in ("journalist", "activist"):
            yield Step("replace", _COPY)
        delete = f"If that is not enough: {_small(known.delete)}"
    elif hidden:
        delete += f" As far as is known, {known.name} cannot swap a picture under the same address."
    yield Step("delete", delete)


def _forgetting(known: Service, findings: Sequence[Finding]) -> list[Step]:
    """Where nobody but the owner and the service sees what was found."""
    found = [
        Step(
            "leave",
            f"Others cannot see what was found here: only you and {known.name} can. Nothing has to be done.",
        )
    ]
    if any(f.rule == "face-labels" for f in findings) and known.people:
        found.append(Step("setting", f"If you do not want the names kept: {_small(known.people)}"))
    if any(f.rule == "kept-by-service" for f in findings):
        found.append(Step("delete", f"Only this can make {known.name} forget it: {_small(known.delete)}"))
    return found


def _private(known: Service) -> str:
    return (
        f"Only you can see this, as far as the archive says; {known.name} has it as well. Nothing has to be done. "
        "Before you show it to others, share a clean copy."
    )


def _opening(post: Post, known: Service) -> str:
    """How to get to the post, and how sure its link is."""
    tier = post.link.tier
    if tier == "exact":
        return "Open the post by its link, which stands in the archive."
    if tier == "constructed":
        return "Open the post by its link. The address was put together by a rule and may be wrong: look before you act."
    if tier == "guess":
        return "The link is only a guess: look whether it opens this very post before you act."
    if tier == "owner-only":
        return "Open the post by its link, which opens for you alone, while you are logged in."
    day = _DAY.match(post.posted)
    when = f" on {day[0]}" if day else ""
    clues = " and ".join(["words"] * bool(post.caption) + ["picture"] * bool(post.photos))
    by = f", by its {clues}" if clues else ""
    return f"The archive has no link: open {known.name} and look for what you posted{when}{by}."


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def stays(post: Post, todo: Sequence[Step]) -> tuple[str, ...]:
    """What deleting the post does not undo; nothing where nobody is told to delete or replace anything."""
    if not any(step.action in ("delete", "replace") for step in todo):
        return ()
    return tuple(dict.fromkeys((*service(post.service).stays, *general())))
