"""A rule about posts that say where their author lives."""

from __future__ import annotations

import re

from exposure.model import Confidence, Evidence, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_addresses import addresses
from exposure.rules._post_spots import pin, spots
from exposure.rules._post_words import OWN_WORDS, around, is_news, said

_HOME = re.compile(
    r"\b(?:my|our) (?:\w{2,12} ){0,2}(?:home|house|flat|apartment|condo|balcony|garden|front door|backyard|neighbou?rhood)\b"
    r"|\bhome sweet home\b|\bjust moved\b|\bmoved (?:in|into|house)\b|\bhousewarming\b|\b(?:i|we) (?:now )?live (?:at|in|on)\b"
    r"|\b(?:my|our) new (?:address|place|home)\b|\bnew (?:flat|apartment|house|home)\b"
    r"|\b(?:mein|unser)(?:e[rsnm]?)? (?:\w{2,12} ){0,2}(?:wohnung|haus|hause|zuhause|heim|balkon|garten|bude)\b"
    r"|\bneue[rsn]? (?:wohnung|adresse|zuhause)\b|\b(?:eingezogen|umgezogen|daheim)\b|\b(?:ich wohne|wir wohnen)\b|\bzu ?hause\b"
    r"|\b(?:mon|ma|notre|nouvel|nouvelle) (?:\w{2,12} ){0,1}(?:appart|appartement|maison|logement|balcon|jardin|adresse)\b"
    r"|\bchez (?:moi|nous)\b|\bemménag\w{0,6}|\bj['’]habite\b|\bon habite\b"
    r"|\b(?:mi|nuestra|nuestro|nueva|nuevo) (?:nuev[oa] )?(?:casa|piso|apartamento|departamento|hogar|barrio|dirección)\b"
    r"|\bnos (?:hemos )?mudamos\b|\bme mudé\b|\bme he mudado\b|\bvivo en\b"
    r"|\b(?:mia|mio|nostra|nostro|nuova|nuovo) (?:nuov[oa] )?(?:casa|appartamento|indirizzo|quartiere)\b|\babito in\b|\btrasferit[oaie]\b"
    r"|\b(?:minha|nossa|meu|nosso|nova|novo) (?:nov[oa] )?(?:casa|apartamento|apê|lar|endereço)\b|\bmoro (?:na|no|em)\b"
    r"|\b(?:mijn|ons|onze|nieuwe?) (?:nieuwe )?(?:huis|woning|appartement|flat|balkon|tuin|adres)\b|\bverhuisd\b"
    r"|\b(?:min|mitt|mit|vår|vårt|vores) (?:ny[ae]? |nye )?(?:lägenhet|hus|hem|hjem|lejlighed|leilighet)\b|\bfly(?:ttat|ttet)\b"
    r"|\b(?:mój|moje|nasz|nasze|nowy|nowe) (?:now[ey] )?(?:dom|mieszkanie)\b|\bprzeprowadz\w{0,6}"
    r"|\b(?:мо[йяё]|моей|наш|наша|нашей|новый|новая|новой) (?:нов\w{2,3} )?(?:дом|квартир\w{1,3})\b|новоселье|\bпереехал\w{0,2}\b"
    r"|\byeni evim\w{0,4}\b|\bevimiz\w{0,4}\b|新居|自宅|我が家|引っ越し|新家|我家|搬家|우리 ?집|새 ?집|이사 ?왔|بيتي|بيتنا|منزلي|הבית שלי",
    re.IGNORECASE,
)


@post_rule(
    "home-in-words",
    "Where you live, in your own words",
    Question.WHERE,
    Level.HIGH,
    confidence=Confidence.FIRM,
    message="The post speaks of a home and gives its address: a stranger would take it for where you live.",
    remedy="Edit or delete the post, and treat the address as known to whoever could see it.",
    critical_for=("survivor",),
)
def home_in_words(posted: Posted) -> Verdict | None:
    """The caption speaks of a home, and the same post gives a street address or an exact position.

    Why it matters
        "Our new flat" beside an address, or on a map, is all that somebody needs to stand at your door. No other post
        gives away as much in so few words.

    What to do
        Edit the caption and take the place off, or delete the post. If you have reason to fear somebody, treat the
        address as known.

    What that does not do
        Whoever saw the post can have noted the address. Without the words it is only possible that the home is yours: it
        may be that of a friend, or one for sale. Homes are found by a few words in some languages; expect misses.

    Covers
        PST04, for addresses of homes

    References
        https://www.readkong.com/page/no-place-to-hide-inadvertent-location-privacy-leaks-on-8650098
        https://http.icsi.berkeley.edu/icsi/node/4568
    """
    for text in said(posted.post, *OWN_WORDS):
        home = _HOME.search(text.value)
        if home is None or is_news(text.value):
            continue
        words = Evidence(text.address, around(text.value, *home.span(), room=0), Secret.TEXT)
        streets = [Evidence(text.address, street, Secret.TEXT) for street in addresses(text.value)]
        if streets:
            return Verdict((words, *streets[:3]))
        pins = [pin(place) for place in spots(posted)]
        if pins:
            return Verdict((words, pins[0]), confidence=Confidence.TENTATIVE, message=_ON_THE_MAP)
    return None


_ON_THE_MAP = "The post speaks of a home and comes with an exact place: a stranger would guess that this is where you live."
