"""What moves the level of a finding: who posts, under which name, for whom to see, and where.

The scheme: profile and account can raise a level, never above high unless the rule names the profile as one for
which it is critical; audience and destination can lower what is shown. Exit codes look at the gate level, which
context raises and never lowers. What platforms take away is dated knowledge, in ``platforms.toml`` beside this
module; whatever is unknown there, or older than a year, counts as kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from exposure.errors import CannotRun
from exposure.model import Confidence, Context, Evidence, Finding, Level, Verdict
from exposure.plugins import Combination, PostRule, Rule

PROFILES = ("general", "survivor", "journalist", "parent", "activist")
PERSONAS = ("named", "pseudonymous")
AUDIENCES = ("public", "link", "friends", "not-shared-yet")

REAL_NAME = "an account under your real name shows as much (if yours is not: --persona pseudonymous)"
"""Why a name or an account weighs less by default."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_AS_OF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_BASES = {
    "source-code": "source code",
    "official": "its own help pages",
    "maintainer": "its makers",
    "test": "a test",
    "design": "how it works",
    "own": "your own comparison",
}
"""What a row rests on, in words; whatever is not here (a vendor's blog, nothing) is no test."""

_TRUSTED = frozenset({"source-code", "official", "maintainer", "test", "own"})
_SURE = frozenset({"high", "medium"})

_KEYS = {"EXIF": "exif", "XMP": "xmp", "IPTC": "iptc", "Photoshop": "iptc", "ICC": "icc"}
KINDS = {
    "gps": "the position",
    "exif": "other notes of the camera (EXIF)",
    "xmp": "the notes of photo software (XMP)",
    "iptc": "captions (IPTC)",
    "icc": "the colour profile",
    "thumbnail": "the small preview",
    "filename": "the file name",
}
"""The kinds of metadata that a row speaks of, in the order in which they are named."""


class _Raised(NamedTuple):
    """A level on its way, with the reasons so far."""

    level: Level
    reasons: tuple[str, ...] = ()

    def to(self, level: Level, why: str) -> _Raised:
        if level == self.level:
            return self
        verb = "raised" if level > self.level else "lowered"
        return _Raised(level, (*self.reasons, f"{verb} from {self.level.word}: {why}"))


def weighed(rule: Rule | Combination | PostRule, verdict: Verdict, context: Context, today: str) -> Finding:
    """What a rule found, in its own words where the verdict has none, at the level that it has in this context."""
    confidence = rule.confidence if verdict.confidence is None else verdict.confidence
    level = rule.level if verdict.level is None else verdict.level
    shown, gate, why = adjust(rule, level, confidence, verdict.evidence, context, today)
    message, remedy = verdict.message or rule.message, verdict.remedy or rule.remedy
    command = rule.command if verdict.command is None else verdict.command
    return Finding(
        rule.id, shown, confidence, rule.question, message, why, verdict.evidence, remedy, gate, command
    )


def adjust(
    rule: Rule | Combination | PostRule,
    level: Level,
    confidence: Confidence,
    evidence: tuple[Evidence, ...],
    context: Context,
    today: str,
) -> tuple[Level, Level, str]:
    """(The level to show, the gate level that exit codes look at, why the first differs from `level`, or "").

    `level`, `confidence` and `evidence` are those of this finding; `today` is the ISO date of the run.
    CannotRun when the context names a destination that is not known.
    """
    profile = context.profile
    shown, gate = _moved(
        level,
        confidence,
        profile in rule.critical_for,
        profile in rule.raised_for,
        rule.persona.get(context.persona, 0),
        context,
    )
    if context.destination is not None:
        row = platform(context.destination, context.tested)
        if rule.leaves_with_file and _takes_all(row, evidence, today):
            shown = _down(shown, 2, Level.INFO, _taken_away(row))
    return shown.level, gate.level, "; then ".join(shown.reasons)


@lru_cache(maxsize=4096)
def _moved(
    level: Level, confidence: Confidence, critical: bool, raised: bool, step: int, context: Context
) -> tuple[_Raised, _Raised]:
    """The level to show and the gate level, before the destination: the same for thousands of findings."""
    ceiling = Level.HIGH if confidence is Confidence.TENTATIVE else Level.CRITICAL
    start = _Raised(level).to(min(level, ceiling), "it is only a possibility")
    gate = shown = _by_profile(start, critical, raised, context.profile, ceiling)
    if step > 0:
        gate = shown = _up(gate, step, "you said that the account is not under your real name")
    elif step < 0:
        shown = _down(gate, -step, Level.LOW, REAL_NAME)
    return _by_audience(shown, context), gate


def _by_profile(start: _Raised, critical: bool, raised: bool, profile: str, ceiling: Level) -> _Raised:
    if start.level is not Level.INFO and critical:
        return start.to(
            max(start.level, ceiling), f"you chose the {profile} profile, for which this is grave"
        )
    if raised:
        return _up(start, 1, f"you chose the {profile} profile, for which this weighs more")
    return start


def _by_audience(shown: _Raised, context: Context) -> _Raised:
    if context.audience == "link":
        return _down(shown, 1, Level.LOW, "only people who have the link can see it")
    if context.audience == "friends" and context.profile != "survivor":
        return _down(shown, 1, Level.LOW, "only friends can see it")
    return shown


def _up(level: _Raised, steps: int, why: str) -> _Raised:
    """That many steps up, never above high, and info stays info."""
    if level.level is Level.INFO:
        return level
    return level.to(max(level.level, min(Level(min(level.level + steps, Level.CRITICAL)), Level.HIGH)), why)


def _down(level: _Raised, steps: int, floor: Level, why: str) -> _Raised:
    """That many steps down, never below the floor; what lies below it already stays."""
    return level.to(min(level.level, Level(max(level.level - steps, floor))), why)


@cache
def platforms() -> dict[str, dict[str, Any]]:
    """What is known of each platform, by its name for ``--destination``."""
    import tomllib  # only those who name a destination pay for it
    from importlib import resources

    text = resources.files("exposure").joinpath("platforms.toml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = tomllib.loads(text)["platforms"]
    return found


def platform(name: str, tested: Iterable[tuple[str, str | bool]] = ()) -> Mapping[str, Any]:
    """What is known of one platform: what the person's own comparison found, where there is one, and nothing else then.

    CannotRun, with the names to choose from, when it is not known at all.
    """
    if own := dict(tested):
        return own
    rows = platforms()
    key = platform_key(name)
    if key in rows:
        return rows[key]
    alike = [k for k in rows if key and (k.startswith(key) or key in k.split("_"))]
    if not alike:
        import difflib  # only for a misspelt name

        alike = difflib.get_close_matches(key, rows, 3, 0.6)
    hint = f"did you mean {' or '.join(alike)}?" if alike else f"choose one of {', '.join(sorted(rows))}."
    raise CannotRun(f"exposure does not know the destination “{name}”; {hint}")


def platform_key(name: str) -> str:
    """The name of a platform as it is looked up: small letters and digits."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def destination_note(name: str, today: str, tested: Iterable[tuple[str, str | bool]] = ()) -> str:
    """What is known about a destination, in one or two sentences for the head of a report."""
    row = platform(name, tested)
    called, basis = row["name"], row["basis"]
    gone = _listed(row, False) if basis in _TRUSTED else ""
    kept = _listed(row, True) if basis in _BASES else ""
    if row["keeps_gps"] == "conditional":
        return f"What {called} removes depends on settings and the way of uploading, so everything counts as kept."
    if kept and row["keeps_gps"] is not False:
        return (
            f"{called} is known to pass on {kept} ({_source(row)}). Whatever is not known counts as kept too."
        )
    if not gone:
        return f"It is not known what is removed by {called}, so everything counts as kept."
    found = f"{called} was tested to remove {gone}"
    if _counts(row, today):
        found += f" from the copy that others get ({_source(row)}); what was not tested counts as kept."
    else:
        found += f" ({_source(row)}), but that {_weakness(row, today)}, so everything counts as kept."
    received = _received(row)
    return f"{found} It {received}." if received else found


def _listed(row: Mapping[str, Any], value: bool) -> str:
    """The kinds of metadata that a row says this about, in words."""
    kinds = [words for key, words in KINDS.items() if row.get(f"keeps_{key}") is value]
    return " and ".join(filter(None, (", ".join(kinds[:-1]), *kinds[-1:])))


def _source(row: Mapping[str, Any]) -> str:
    """What a row rests on and of when that is: ``source code, June 2023``."""
    found = _AS_OF.fullmatch(row["as_of"])
    when = "undated"
    if found is not None:
        year, month, _ = found.groups()
        when = f"{_MONTHS[int(month) - 1]} {year}" if month else year
    return f"{_BASES.get(row['basis'], 'no test')}, {when}"


def _taken_away(row: Mapping[str, Any]) -> str:
    received = _received(row)
    tested = f"{row['name']} was tested to remove this ({_source(row)})"
    return f"{tested}, though it {received}" if received else tested


def _received(row: Mapping[str, Any]) -> str:
    """What the platform itself got, which no stripping of the public copy changes. Some apps strip before sending."""
    stored = row["stores_server_side"]
    if stored is False:
        return ""
    return "still received the original" if stored is True else "may still have received the original"


def _counts(row: Mapping[str, Any], today: str) -> bool:
    """Whether what a row says is still believed: it was tested, is sure enough, and is not over a year old."""
    return row["basis"] in _TRUSTED and row["confidence"] in _SURE and _is_fresh(row, today)


def _is_fresh(row: Mapping[str, Any], today: str) -> bool:
    """Within 12 months of the earliest day its date can mean. A clock that stands before that day proves nothing."""
    found = _AS_OF.fullmatch(row["as_of"])
    if found is None:
        return False
    try:
        tested = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        run = date.fromisoformat(today)
    except ValueError:
        return False
    return tested <= run and (run.year, run.month, run.day) <= (tested.year + 1, tested.month, tested.day)


def _weakness(row: Mapping[str, Any], today: str) -> str:
    if _AS_OF.fullmatch(row["as_of"]) is None:
        return "is undated"
    return "is not certain enough" if _is_fresh(row, today) else "was not within the last year"


def _takes_all(row: Mapping[str, Any], evidence: tuple[Evidence, ...], today: str) -> bool:
    """Whether everything that a finding rests on was tested to be taken away."""
    if not evidence or not _counts(row, today):
        return False
    kinds = [kind_of(e.address.path) for e in evidence]
    return all(kind and row.get(f"keeps_{kind}") is False for kind in kinds)


def kind_of(path: str) -> str:
    """The kind of metadata, as platform rows name it, that a path leads to; "" when nobody tested such a thing."""
    head, _, rest = path.partition(":")
    group, _, name = rest.partition(":")
    within, _, kind = head.rpartition("/")
    if within:
        return "thumbnail" if within == "thumbnail" else ""
    if kind != "XMP" and (group == "IFD1" or "thumbnail" in name.casefold()):
        return "thumbnail"
    if kind == "File":
        return "filename" if "name" in rest.casefold() else ""
    if kind == "EXIF" and group == "GPS IFD":
        return "gps"
    return _KEYS.get(kind, "")
