"""What people write under their photos, and whom they name in them."""

from __future__ import annotations

from random import Random

from exposure.model import Examination
from tests.people.kinds import Traits
from tests.people.truth import Site

SCHOOL = {
    "en": (
        "First day of school!",
        "Sports day",
        "school play",
        "After school",
        "Kindergarten drop-off",
        "class photo",
    ),
    "de": ("Erster Schultag", "Schulfest", "Einschulung", "Kindergarten", "nach der Schule", "Klassenfoto"),
    "fr": ("Rentrée des classes", "Fête de l'école", "sortie d'école", "école maternelle"),
    "es": ("Primer día de escuela", "fiesta del colegio", "salida del cole", "guardería"),
    "it": ("Primo giorno di scuola", "festa della scuola", "asilo"),
    "pt": ("Primeiro dia de aula", "festa da escola", "saída da escola"),
}
"""Words that speak of a child's school; a stranger would search for them."""

_LANGUAGES = {
    "de": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "fr": ("Europe/Paris", "Europe/Brussels", "Pacific/Tahiti", "Pacific/Noumea", "Europe/Luxembourg"),
    "es": (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Bogota",
        "America/Lima",
        "America/Santiago",
        "Atlantic/Canary",
    ),
    "it": ("Europe/Rome",),
    "pt": ("Europe/Lisbon", "America/Sao_Paulo", "America/Recife", "Atlantic/Azores"),
}
_ANYTHING = (
    "Sunday lunch",
    "Happy birthday!",
    "new bike",
    "what a view",
    "rain again",
    "the garden in May",
    "Oma und Opa",
    "finally",
    "coffee",
    "sunset",
    "team lunch",
    "project finished",
    "old friends",
    "am See",
    "les vacances",
)
_NAMES = ("Anna", "Ben", "Carla", "David", "Elif", "Fatima", "Georg", "Hana", "Ivan", "Julia")


def language(zone: str) -> str:
    return next((word for word, zones in _LANGUAGES.items() if zone in zones), "en")


def described(rng: Random, kind: Traits, site: Site) -> str:
    """A caption, from those who write some; of school at the child's school by about half of all parents."""
    if site.label.startswith("school") and "school words" in kind.flags:
        return rng.choice(SCHOOL[language(site.zone)]) if rng.random() < 0.45 else ""
    return rng.choice(_ANYTHING) if "captions" in kind.flags and rng.random() < 0.08 else ""


def speaks_of_school(photo: Examination) -> bool:
    return any(text.value in words for text in photo.facts.texts for words in SCHOOL.values())


def people_of(rng: Random, kind: Traits, site: Site) -> str:
    """A name that photo software wrote: friends at their own homes, family at home and with the parents."""
    if "people tags" not in kind.flags or rng.random() > 0.2:
        return ""
    if site.label.startswith("friend"):
        return _NAMES[int(site.label.partition(":")[2]) % 5 + 5]
    return rng.choice(_NAMES[:3]) if site.label.startswith(("home", "parents")) else rng.choice(_NAMES)
