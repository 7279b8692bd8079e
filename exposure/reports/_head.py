"""The first lines of a report for people: how much was looked at, how bad it is, and what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from exposure.model import Context, Depth, Examined, Level, Secret
from exposure.plugins import Format, Heading, discover
from exposure.post import Inventory
from exposure.reports._gathered import Gathered
from exposure.reports._lines import Lines
from exposure.reports._words import count, listed, sentence, some
from exposure.text import masked, plain

_PROFILES = {
    "survivor": "somebody who keeps away from a known person",
    "journalist": "a journalist",
    "parent": "a parent",
    "activist": "an activist",
}
_CARE = {
    "survivor": "If the person you keep away from may see your account: taking photos down can be noticed, and can "
    "destroy evidence. Talk to a support service first if you can, and do it from a device that is safe.",
    "journalist": "Keep the originals untouched: they may be needed as evidence.",
    "activist": "Ask the people who are shown or named before you post: the risk is theirs too.",
    "parent": "What a photo tells of a child stays with the child: ask, and share less rather than more.",
}
"""What to know before anything is done about a photo or a post."""
_HERE = (".", "./", ".\\")
"""What would read as the end of a sentence."""
_AFTER = (
    "This is what their clean copies would tell. No copy was written; of files without a clean copy, what they tell as "
    "they are. Copies that you have posted already are not changed by it."
)
_AUDIENCES = {
    "public": "seen by everybody",
    "link": "seen by whoever has the link",
    "friends": "seen by friends",
}


def head(
    to: Lines, gathered: Gathered, heading: Heading, archives: Sequence[Inventory] = (), names: bool = True
) -> None:
    """All of them; without `names`, accounts stay masked even in a report that shows values in full."""
    _looked_at(to, gathered, heading)
    if heading.after:
        to.say(_AFTER, 2, style="bold")
    if gathered.groups:
        for worst in _worst(gathered):
            to.say(worst, 2)
    if heading.accounts:
        to.say(_accounts(heading, heading.reveal and names), 2)
    for line in _gaps(gathered, sum(len(archive.unknown) for archive in archives)):
        to.say(line, 2, style="bold yellow")
    if bounded := gathered.examined[Examined.BOUNDED]:
        to.say(_bounded(bounded, heading.settings.depth), 2)
    if gathered.other_files:
        others = count(gathered.other_files, "other file")
        left = (
            "was left aside, being no photo"
            if gathered.other_files == 1
            else "were left aside, being no photos"
        )
        to.say(f"{others} {left}.", 2)
    if gathered.groups and not heading.reveal:
        to.say("Values from your photos are partly hidden (“masked”); --reveal shows them.", 2)
    if gathered.groups:
        for line in _circumstances(heading):
            to.say(line, 2)
    care = _CARE.get(heading.settings.context.profile)
    if care and (gathered.photos or gathered.posts.number):
        to.say(care, 2, style="bold yellow")


def _looked_at(to: Lines, gathered: Gathered, heading: Heading) -> None:
    """How much of what, and where."""
    where = some(["this folder" if path in _HERE else path for path in heading.paths]) or "nothing"
    posts = count(gathered.posts.number, "post")
    if not gathered.photos and gathered.posts.number:
        to.say(
            f"exposure looked at {posts} in {where}. There are no photos with them that it can read.",
            style="bold",
        )
    elif not gathered.photos:
        to.say(f"exposure found no photos that it can read in {where}.", style="bold")
        to.say(
            f"It reads {listed(sorted(f.extensions[0] for f in discover('formats', Format) if f.extensions))} files.",
            2,
        )
    else:
        both = f" and {posts}" if gathered.posts.number else ""
        to.say(f"exposure looked at {count(gathered.photos, 'photo')}{both} in {where}.", style="bold")


def _accounts(heading: Heading, reveal: bool) -> str:
    """The accounts that the person named, masked as names are."""
    kinds = {"named": "under your real name", "pseudonymous": "not under your real name"}
    told = []
    for account in heading.accounts:
        name = plain(account.name) if reveal else f"{plain(masked(account.name, Secret.NAME))} (masked)"
        told.append(f"{name}, {kinds[account.persona]}" if account.persona in kinds else name)
    return f"Accounts: {'; '.join(told)}."


def _worst(gathered: Gathered) -> Iterator[str]:
    """How bad it is, photo by photo and post by post, in a sentence each: neither may hide behind the other."""
    found = _by_level(gathered.levels)
    posts = gathered.posts.number
    if gathered.photos == 1 and found:
        yield f"The worst that {'the photo' if posts else 'it'} gives away is {found[0].split()[0]}."
    elif gathered.photos > 1:
        if gathered.levels[None]:
            found.append(f"nothing was found in {gathered.levels[None]:,}")
        if gathered.unclear:
            found.append(f"not to be told in {gathered.unclear:,}, which could not be read whole")
        yield f"The worst that each {'photo ' if posts else ''}gives away: {'; '.join(found)}."
    if in_posts := _by_level(gathered.posts.levels):
        kinds = {"todo": "to see to", "look": "to look at"}
        which = " or ".join(words for kind, words in kinds.items() if gathered.posts.groups[kind])
        yield f"The worst that each post {which} gives away: {'; '.join(in_posts)}."


def _by_level(levels: Counter[Level | None]) -> list[str]:
    """``critical in 2``, ``high in 31``"""
    return [f"{level.word} in {levels[level]:,}" for level in sorted(Level, reverse=True) if levels[level]]


def _gaps(gathered: Gathered, unknown: int) -> Iterator[str]:
    """What was not read: never only at the end of a long report. `unknown`: lists of archives that were not understood."""
    examined = gathered.examined
    if unread := examined[Examined.NONE] + sum(gathered.media.values()):
        yield f"{count(unread, 'file')} could not be examined at all: see “Could not be examined”."
    if gathered.unread_lists:
        lists = count(gathered.unread_lists, "list")
        yield f"{lists} of your archives could not be read: posts are missing here. See “Could not be examined”."
    if unknown:
        were = "was" if unknown == 1 else "were"
        yield (
            f"{count(unknown, 'file')} of your archives {were} not understood: if posts are in there, they are missing here. "
            "See “What each archive gave”."
        )
    if partial := examined[Examined.PARTIAL]:
        yield f"{count(partial, 'photo')} could be examined only in part: see “Could not be examined”."


def _bounded(number: int, depth: Depth | None) -> str:
    photos = count(number, "photo")
    if depth is Depth.DEEP:
        return f"In {photos} the picture itself is packed in a way that cannot be searched for hidden things."
    return (
        f"In {photos} everything was read that the file declares, but the picture itself was not searched for "
        "hidden things. --deep does that, where it can be done."
    )


def _circumstances(heading: Heading) -> Iterator[str]:
    """For whom the levels were judged, and how to have them judged for somebody else."""
    context, usual = heading.settings.context, Context()
    account = "an account under your real name"
    if context.persona != "named":
        account = "an account that is not under your real name"
    if any(each.persona for each in heading.accounts):
        account += " (where you did not say otherwise)"
    if context.audience == "not-shared-yet":
        judged = f"what others would learn if you post this, as it is, on {account}"
    else:
        audience = _AUDIENCES.get(context.audience, plain(context.audience))
        judged = f"{account}, {audience}"
    if context.profile != usual.profile:
        judged += f"; for {_PROFILES.get(context.profile, plain(context.profile))}"
    more = " (--persona, --audience and --profile change that)" if context == usual else ""
    yield f"Judged for {judged}{more}."
    if context.destination is not None:
        from exposure.context import destination_note

        yield sentence(destination_note(context.destination, heading.settings.today, context.tested))
