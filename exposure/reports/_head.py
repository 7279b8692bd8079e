"""The first lines of a report for people: how much was looked at, how bad it is, and what was not read."""

from __future__ import annotations

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
_AFTER = (
    "This is what their clean copies would tell. No copy was written; of files without a clean copy, what they tell as "
    "they are. Copies that you have posted already are not changed by it."
)
_AUDIENCES = {
    "public": "seen by everybody",
    "link": "seen by whoever has the link",
    "friends": "seen by friends",
}


def head(to: Lines, gathered: Gathered, heading: Heading, archives: Sequence[Inventory] = ()) -> None:
    """All of them."""
    where = some(heading.paths) or "nothing"
    posts = count(gathered.posts.number, "post")
    if not gathered.photos and gathered.posts.number:
        to.say(
            f"exposure looked at {posts} in {where}. There are no photos with them that it can read.",
            style="bold",
        )
    elif not gathered.photos:
        to.say(f"exposure found no photos that it can read in {where}.", style="bold")
        to.say(f"It reads {listed(sorted(f.extensions[0] for f in discover('formats', Format)))} files.", 2)
    else:
        both = f" and {posts}" if gathered.posts.number else ""
        to.say(f"exposure looked at {count(gathered.photos, 'photo')}{both} in {where}.", style="bold")
    if heading.after:
        to.say(_AFTER, 2, style="bold")
    if gathered.groups and (worst := _worst(gathered)):
        to.say(worst, 2)
    if heading.accounts:
        to.say(_accounts(heading), 2)
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


def _accounts(heading: Heading) -> str:
    """The accounts that the person named, masked as names are."""
    kinds = {"named": "under your real name", "pseudonymous": "not under your real name"}
    told = []
    for account in heading.accounts:
        name = (
            plain(account.name) if heading.reveal else f"{plain(masked(account.name, Secret.NAME))} (masked)"
        )
        told.append(f"{name}, {kinds[account.persona]}" if account.persona in kinds else name)
    return f"Accounts: {'; '.join(told)}."


def _worst(gathered: Gathered) -> str:
    """How bad it is, photo by photo, in one sentence."""
    found = [level for level in sorted(Level, reverse=True) if gathered.levels[level]]
    if gathered.photos < 2:
        return f"The worst that it gives away is {found[0].word}." if found else ""
    photos = [f"{level.word} in {gathered.levels[level]:,}" for level in found]
    if gathered.levels[None]:
        photos.append(f"nothing was found in {gathered.levels[None]:,}")
    if gathered.unclear:
        photos.append(f"not to be told in {gathered.unclear:,}, which could not be read whole")
    return f"The worst that each gives away: {'; '.join(photos)}."


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
    if context.audience == "not-shared-yet":
        judged = f"what others would learn if you post this, as it is, on {account}"
    else:
        audience = _AUDIENCES.get(context.audience, plain(context.audience))
        judged = f"{account}, {audience}"
    if context.profile != usual.profile:
        judged += f"; for {_PROFILES.get(context.profile, plain(context.profile))}"
    if any(account.persona for account in heading.accounts):
        judged += "; each account that you named, as you said"
    more = " (--persona, --audience and --profile change that)" if context == usual else ""
    yield f"Judged for {judged}{more}."
    if context.destination is not None:
        from exposure.context import destination_note

        yield sentence(destination_note(context.destination, heading.settings.today, context.tested))
