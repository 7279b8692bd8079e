"""Places with a name of their own in text: schools, clinics, cafés, parks. Patterns are bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.rules._words import word_set

_UP = r"[^\W\d_a-zßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ]"
_NAME = rf"{_UP}[\w'’.-]{{1,25}}"
_AFTER = (
    r"(?:(?:Primary|Elementary|Middle|High|Grammar|Secondary|Nursery) School|School|Academy|Kindergarten|College|University"
    r"|Hospital|Clinic|Medical Center|Surgery|Church|Mosque|Synagogue|Temple|Hotel|Hostel|Gym|Park|Café|Cafe|Restaurant|Bar|Pub"
    r"|Tavern|Library|Museum|Theatre|Theater|Station|Airport|Beach|Playground|Stadium|Arena|Mall|Market|Pier|Harbour|Harbor"
    r"|Marina|Shelter|Barracks)"
)
_BEFORE = (
    r"(?:Hotel|Hôtel|Café|Restaurant|Bar|Colegio|Escuela|Instituto|Universidad|Clínica|Playa|Parque|Estación|Iglesia|École|Ecole"
    r"|Lycée|Collège|Université|Hôpital|Parc|Plage|Gare|Église|Scuola|Liceo|Università|Ospedale|Parco|Spiaggia|Stazione|Chiesa"
    r"|Escola|Colégio|Universidade|Praia|Estação|Grundschule|Gesamtschule|Realschule|Gymnasium|Kita|Kindergarten|Universität"
    r"|Klinikum|Krankenhaus|Szkoła|Szpital|Uniwersytet|Школа|Гимназия|Больница|Отель|Парк)"
)
_ENGLISH = re.compile(rf"(?:{_NAME} ){{1,3}}{_AFTER}\b")
_ROMANCE = re.compile(
    rf"\b{_BEFORE} (?:de la |de |del |della |des |du |da |do |di |am |im |an der |zum |zur |d['’]|№ ?){{0,1}}(?:{_NAME}|\d{{1,4}}\b)(?: {_NAME}){{0,2}}"
)
_GERMAN = re.compile(
    rf"\b{_UP}[a-zäöüß-]{{3,30}}(?:schule|gymnasium|klinikum|krankenhaus|bahnhof|stadion|schwimmbad|kirche)\b"
)
_ASIAN = re.compile(
    r"[一-龠ァ-ンー가-힣]{2,10}(?:小学校|中学校|高校|幼稚園|保育園|病院|大学|小学|中学|医院|초등학교|중학교|병원)"
)
_KINDS = word_set(
    "grundschule gesamtschule realschule hauptschule hochschule fahrschule musikschule tanzschule vorschule schwimmschule"
    " volkshochschule abendschule sonderschule berufsschule oberschule mittelschule hauptbahnhof busbahnhof güterbahnhof"
    " fußballstadion freibadstadion stadtkirche dorfkirche hausschule skischule surfschule baumschule"
)
_ORDINARY = word_set(
    "a an the my our your his her their this that these those nice great lovely best new old beautiful amazing big little small"
    " first last good love happy after before at in on to from with and or no every another favourite favorite local public"
    " private high primary elementary middle grammar secondary nursery cool perfect secret hidden back open free some any"
    " sunday monday tuesday wednesday thursday friday saturday january february march april may june july august september"
    " october november december summer winter i we it's what which where when so just"
)
"""Words that begin with a capital and name no place."""


def venues(text: str) -> Iterator[str]:
    """Every place with a name in a plain text."""
    for found in _ENGLISH.finditer(text):
        name = _without_ordinary(found[0])
        if name:
            yield name
    for pattern in (_ROMANCE, _ASIAN):
        for found in pattern.finditer(text):
            yield found[0]
    for found in _GERMAN.finditer(text):
        if found[0].casefold() not in _KINDS:
            yield found[0]


def _without_ordinary(words: str) -> str:
    """The name without what stands before it; empty when nothing of it is left but the kind of place."""
    parts = words.split()
    while len(parts) > 1 and parts[0].casefold() in _ORDINARY:
        del parts[0]
    kind = re.fullmatch(_AFTER, " ".join(parts)) is not None
    return "" if kind or len(parts) < 2 else " ".join(parts)
