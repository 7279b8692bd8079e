"""What somebody published, and what an archive of it gave: the nouns beside those of `model`.

A `Post` is read from an account archive. What it says is told apart by who can see it: `facts` are what everybody sees
who may see the post, `stored` is what the service keeps and shows to its owner alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from exposure.model import Examination, Facts, Finding, Level

VISIBILITIES = ("public", "unlisted", "followers", "limited", "private", "unknown")
STATUSES = ("live", "archived", "deleted", "expired", "unknown")
TIERS = ("exact", "constructed", "guess", "owner-only", "none")
ACTIONS = ("delete", "replace", "setting", "leave", "cannot-tell")
ACCOUNT_DATA = "account data"
"""The media of an `Examination` that is an archive's own list, which could not be read."""


PROFILE, ACCOUNT = "profile", "account"
"""Ids of what is no post: what stands on the account's own page, and what the service keeps with the account."""


class Visibility(NamedTuple):
    """Who can see a post."""

    value: str = "unknown"
    """One of `VISIBILITIES`; never public without evidence."""
    evidence: str = ""
    """The field of the archive that says so, as it stands there: ``privacy="public"``; empty when none does."""


class Link(NamedTuple):
    """Where a post can be opened."""

    value: str = ""
    tier: str = "none"
    """exact: it stands in the archive. constructed: built by a rule that is known to hold. guess: built by one that may
    not. owner-only: opens for the owner of the account alone. none."""


class Account(NamedTuple):
    """Whose posts these are, as the person named it."""

    name: str
    persona: str | None = None
    """named or pseudonymous; None: as the command line says for all."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post, or one item that a service keeps."""

    service: str
    """The archive's name: flickr, x, google-photos."""
    id: str
    """What the service calls it; unique in the account."""
    account: str = ""
    """The account's name on the service; empty when the archive does not say."""
    posted: str = ""
    """When, in UTC by ISO 8601: 2024-05-04T10:11:12Z; without the Z by a clock whose zone is not known; empty when
    unknown."""
    visibility: Visibility = field(default_factory=Visibility)
    status: str = "live"
    """One of `STATUSES`."""
    link: Link = field(default_factory=Link)
    photos: tuple[str, ...] = ()
    """The names of its photos, as their sources carry them."""
    facts: Facts = field(default_factory=Facts)
    """What whoever may see the post sees: the caption (a Text of kind caption), alt texts (kind alt), hashtags (kind
    keyword), people tagged or mentioned (roles depicted and mentioned), the place tag (a Place), a time of capture that
    is shown. Addresses are paths in the archive: ``Flickr:photo_51.json:geo``."""
    stored: Facts = field(default_factory=Facts)
    """What only the service and the owner see: positions and devices that were read from the upload, addresses of the
    network (an Identifier of kind ip-address), face labels in a private library."""
    own: bool = True
    """False for what somebody else made: then nobody is told to delete it."""
    persona: str | None = None
    """named or pseudonymous, where the account's owner said so."""

    @property
    def key(self) -> str:
        """What it is called on the command line and in lists: ``flickr:51000000001``. What is no post has the same id in
        every account, so it is called by its account too."""
        whose = f"@{self.account}" if self.account and self.id in (PROFILE, ACCOUNT) else ""
        return f"{self.service}:{self.id}{whose}"

    @property
    def caption(self) -> str:
        return next((text.value for text in self.facts.texts if text.kind == "caption"), "")

    @property
    def is_gone(self) -> bool:
        """Whether nobody else sees it any more. What was put away is gone only where the archive says who sees it: in
        Google Photos, Archive clears the owner's view and takes nothing out of shared albums and links."""
        if self.status == "archived":
            return self.visibility.value != "unknown"
        return self.status in ("deleted", "expired")

    @property
    def seen_by(self) -> str:
        """public or unknown: what the JSON says of `facts`."""
        return "public" if self.visibility.value in ("public", "unlisted") else "unknown"


class Posted(NamedTuple):
    """A post with its photos, as its rules see it."""

    post: Post
    photos: tuple[Examination, ...]
    """Those of its photos that were examined."""
    today: str
    """ISO date of the run."""


@dataclass(frozen=True, slots=True)
class PostExamination:
    """What is left of a post for the report."""

    post: Post
    findings: tuple[Finding, ...]
    """What the rules for posts say."""
    shown: tuple[Finding, ...]
    """What its photos say, the worst of each rule."""
    action: str
    """One of `ACTIONS`: the first of the steps."""
    steps: tuple[str, ...]
    """What to do, the least destructive first, each a sentence."""
    stays: tuple[str, ...]
    """What stays though the post is deleted, each a sentence."""
    is_done: bool = False
    """Whether the person ticked it off."""

    @property
    def worst(self) -> Level | None:
        return max((f.level for f in (*self.findings, *self.shown)), default=None)

    @property
    def is_gone(self) -> bool:
        """Whether nobody else sees it any more. Of a story that is over and tells much that cannot be told: it may have
        been kept where it is still shown."""
        return self.post.is_gone and (self.post.status, self.action) != ("expired", "cannot-tell")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one archive gave. The archive's module fills the first five; who reads the stream counts the rest."""

    service: str
    """The archive's name."""
    title: str
    """In words: Instagram."""
    path: str
    unknown: tuple[str, ...] = ()
    """Files of the archive's own (not photos) that were not understood."""
    notes: tuple[str, ...] = ()
    """What should be known of it, in sentences: which parts are missing, what this export never holds."""
    posts: int = 0
    photos: int = 0
    positions: int = 0
    """Of posts, shown or stored."""
    people: int = 0
    """Names of people in posts."""
    links: Mapping[str, int] = field(default_factory=dict)
    """Of each tier, how many posts have such a link."""
    not_own: int = 0
    """Posts that somebody else made."""
