"""Words that several reports share: counts, names of files, the five questions."""

from __future__ import annotations

from collections.abc import Sequence

from exposure.model import Confidence, Evidence, Question, Secret
from exposure.plugins import Combination, Inference, PostRule, Rule, discover
from exposure.text import masked, plain

QUESTIONS = {
    Question.WHERE: "Where can I be found?",
    Question.WHO: "Who am I, and who is with me?",
    Question.LINKS: "What ties my photos and accounts together?",
    Question.HISTORY: "Where have I been, and when?",
    Question.HIDDEN: "What is in my files that I cannot see?",
}

SURENESS = {Confidence.CERTAIN: "", Confidence.FIRM: "likely", Confidence.TENTATIVE: "possible"}
"""How sure a finding is, in the words that inferences may use; nothing for what simply stands in the file."""

PLAN = "fix-first"
"""The rule of the one finding that answers no question: it is the plan of what to clean first."""

WHAT_LEVELS_MEAN = (
    "Critical: a stranger can reach you with this, or sees what you hid. High: a stranger can find out who you are, "
    "or a place you go back to. Medium: it takes one or two other public things to do so. Low: it narrows things "
    "down."
)
WHAT_WORDS_MEAN = "Likely: a stranger would guess so, and mostly be right. Possible: a stranger might guess so, and may well be wrong."

_LONGEST_SENTENCE = 500


def count(number: int, noun: str) -> str:
    """``1 photo``, ``1,204 photos``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def share(number: int, total: int, noun: str = "photo") -> str:
    """``in 1 photo``, ``in 22 of 35 photos``, ``in all 35 photos``; nothing where there is only one."""
    if total == 1:
        return ""
    if number == 1:
        return f"in 1 {noun}"
    if number == total:
        return f"in both {noun}s" if total == 2 else f"in all {total:,} {noun}s"
    return f"in {number:,} of {total:,} {noun}s"


def capital(words: str) -> str:
    """With a capital letter at the beginning."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """``a, b and c``"""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def sentence(words: str) -> str:
    return plain(words, _LONGEST_SENTENCE)


def file_name(name: str, limit: int = 70) -> str:
    """A path as it was given; a long one is cut in the middle, since its end is what tells photos apart."""
    if len(name) <= limit:
        shown = plain(name, 10 * limit)
        if len(shown) <= limit:
            return shown
    front = limit // 4
    return (
        plain(name[:front], 10 * limit)[:front] + "…" + plain(name[-limit:], 10 * limit)[front + 1 - limit :]
    )


def some(names: Sequence[str], limit: int = 60, most: int = 3) -> str:
    """``a.jpg, b.jpg, c.jpg and 9 more``."""
    shown = ", ".join(file_name(name, limit) for name in names[:most])
    return shown + (f" and {len(names) - most:,} more" if len(names) > most else "")


def shown(evidence: Evidence, reveal: bool, limit: int = 120) -> str:
    """A value as this report may show it; a masked one says so."""
    if reveal or evidence.secret is Secret.NONE:
        return plain(evidence.value, limit)
    return plain(masked(evidence.value, evidence.secret), limit) + " (masked)"


def titles() -> dict[str, str]:
    """The heading of every rule, combination and inference, by its id."""
    rules = (
        *discover("rules", Rule),
        *discover("rules", Combination),
        *discover("rules", PostRule),
        *discover("inferences", Inference),
    )
    return {rule.id: rule.title for rule in rules}


def title(id: str, known: dict[str, str]) -> str:
    return known.get(id) or plain(id.replace("-", " ").capitalize())
