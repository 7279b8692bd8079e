"""Whose archive of Instagram or Threads it is, and whether the account is private."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from exposure.archives._kit import Wanted, page_of
from exposure.archives._meta_labels import BIO, NAME, PRIVATE, USERNAME, WEBSITE, Values, is_yes
from exposure.archives._meta_posts import account_in_name
from exposure.archives._records import get, loaded
from exposure.model import Examination
from exposure.post import Post, Visibility
from exposure.stores import Store

INSTAGRAM = re.compile(
    r"(?:.*/)?(?:account_information|personal_information(?:/personal_information)?)/personal_information\.json"
)
THREADS = re.compile(r"(?:.*/)?threads/(?:personal_information|profile_information|your_profile)\.json")
_WRITTEN = {"Bio": BIO, "Website": WEBSITE}
NOT_READ = (
    "The profile in this archive is written in a language whose labels exposure does not know, so nothing is said of what "
    "stands on it, nor whether the account is private."
)


class Profile(NamedTuple):
    """What an archive says of its account."""

    name: str
    """On the service; empty when the archive does not say."""
    seen_by: Visibility
    """Who sees its posts: followers of a private account, and otherwise unknown, for a post can have been taken down,
    archived or kept to close friends since."""
    problems: tuple[Examination, ...] = ()
    called: frozenset[str] = frozenset()
    """Under which names messages may have been sent."""
    page: tuple[Post, ...] = ()
    """What stands on the account's own page, if anything."""
    is_strange: bool = False
    """Whether there is a profile, and none of its labels is known."""


def profile(store: Store, where: re.Pattern[str]) -> Profile:
    """The profile from the archive's own list, or its name from that of the zip."""
    problems: list[Examination] = []
    for name in store.names:
        if not where.fullmatch(name):
            continue
        value = loaded(store, name)
        if isinstance(value, Examination):
            problems.append(value)
            continue
        facts = _facts(value)
        if facts is not None:
            return _profile(store, name, Values.of(facts), tuple(problems))
    return Profile(account_in_name(store), Visibility(), tuple(problems))


def _profile(store: Store, name: str, values: Values, problems: tuple[Examination, ...]) -> Profile:
    label = values.label(PRIVATE)
    is_private = values.get(label, "")
    seen_by = Visibility()
    if is_private:
        seen_by = Visibility("followers" if is_yes(is_private) else "unknown", f'{label}="{is_private}"')
    account = values.value(USERNAME) or account_in_name(store)
    words = {key: values.value(labels) for key, labels in _WRITTEN.items()}
    page = tuple(page_of("instagram", account, Wanted("Instagram", name), words))
    called = frozenset({values.value(NAME), account} - {""})
    is_strange = not any(map(values.label, (PRIVATE, USERNAME, NAME)))
    return Profile(account, seen_by, problems, called, page, is_strange)


def _facts(value: Any) -> dict[str, Any] | None:
    """`string_map_data` of the first entry under any key: ``profile_user`` at Instagram."""
    for each in value.values() if isinstance(value, dict) else ():
        found = get(each, 0, "string_map_data")
        if isinstance(found, dict):
            return found
    return None
