"""A rule about children in the words of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exposure.model import Address, Confidence, Evidence, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_words import MOST, WORDS, around, hashtags, is_news, said
from exposure.rules._words import word_set

_ENGLISH = r"(?:my|our|her|his|their|the) (?:\w{2,10} ){0,2}(?:son|daughter|kids?|child|children|baby|toddler|boys?|girls?|twins|grandson|granddaughter|nephew|niece|little one)"
_CHILD = re.compile(
    rf"\b{_ENGLISH}\b|\b(?:daughter|toddler|grandson|granddaughter|grandkids?|my kids?|birthday (?:girl|boy))\b"
    r"|\b(?:mein|meine|meinem|meiner|unser|unsere|unserem|unserer|die|der|das) (?:\w{3,10} ){0,2}(?:sohn|tochter|kind|kinder|baby|zwillinge|enkel|enkelin|nichte|neffe)\b"
    r"|\b(?:tochter|sohn|enkelin|enkelkind)\b"
    r"|\b(?:mon|ma|mes|notre|nos|son|sa) (?:petite? |grande? |deux ){0,1}(?:fils|fille|filles|enfants?|bébé|petit-fils|petite-fille|neveu|nièce|loulou|puce)\b"
    r"|\b(?:mi|mis|nuestr[oa]s?|su) (?:pequeñ[oa] ){0,1}(?:hij[oa]s?|niñ[oa]s?|bebé|niet[oa]s?|sobrin[oa]s?)\b|\bhij[oa]\b"
    r"|\b(?:mi[oa]|nostr[oa]|i miei|suo|sua) (?:piccol[oa] ){0,1}(?:figli[oa]?|bambin[oaie]|nipot[ei]|bimb[oaie])\b|\bfigli[oa]\b"
    r"|\b(?:meu|minha|meus|nosso|nossa) (?:\w{3,10} ){0,1}(?:filh[oa]s?|bebê|net[oa]s?|sobrinh[oa]s?|crianças?)\b|\bfilh[oa]\b"
    r"|\b(?:mijn|onze?) (?:\w{3,10} ){0,1}(?:zoon|zoontje|dochter|dochtertje|kind|kinderen|kleinzoon|kleindochter)\b"
    r"|\b(?:min|mitt|mina|vår|våra|vores|mine) (?:\w{3,10} ){0,1}(?:son|sønn|søn|dotter|datter|barn|tvillingar)\b"
    r"|\b(?:mój|moja|moje|nasz|nasza|nasze) (?:\w{3,10} ){0,1}(?:syn|synek|córka|córeczka|dziecko|dzieci|wnuk|wnuczka)\b"
    r"|\b(?:мо[йяи]|наш[аи]?|моему|моей|нашей|нашему) (?:\w{3,12} ){0,1}(?:сын\w{0,4}|доч\w{1,4}|реб[её]н\w{1,3}|малыш\w{0,2}|внук\w{0,2}|внучк\w{1,2}|дет\w{1,2})\b"
    r"|\b(?:oğlum|kızım|çocuğum|bebeğim|torunum)\b|息子|娘|うちの子|我が子|儿子|女儿|孩子|아들|우리 ?딸|딸이|딸의|ابني|ابنتي|طفلي|الבן שלי|הבת שלי",
    re.IGNORECASE,
)
_YOUNG = r"(?<![\d.,:])(1[0-7]|[1-9])"
_AGE = re.compile(
    rf"{_YOUNG} ?(?:-? ?years?[ -]old|yrs?\b|y/o|yo\b|months?[ -]old|weeks[ -]old|jahre|monate alt|wochen alt|ans\b|mois\b|años|meses|anni\b|mesi\b|anos\b"
    r"|jaar\b|maanden\b|år\b|lat(?:ek|ka)?\b|miesięcy|лет\b|год(?:а|ик\w?)?\b|месяц\w{0,3}|yaşında|ヶ月|か月|歳|才|岁|歲|살|개월|سنوات)"
    rf"|\b(?:turn(?:s|ed|ing)?|is now|wird|ist (?:jetzt|heute|schon)|geworden|cumple|compie|wordt|fyller|kończy|исполнилось) {_YOUNG}(?![\d.,:%])\b"
    rf"|{_YOUNG} ?(?:st|nd|rd|th|\.|er|e|ème|º|ª|º?)? ?(?:birthday|geburtstag|anniversaire|cumpleaños|aniversário|compleanno|verjaardag|födelsedag|fødselsdag|urodziny)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:year|month)s?[ -]old\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) birthday\b|\b(?:erster|ersten|zweiten|dritten|vierten|fünften|sechsten) geburtstag\b",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    r"\b(?:birthday|b-?day|geburtstag|anniversaire|cumpleaños|cumple|aniversário|compleanno|verjaardag|jarig|födelsedag|fødselsdag|urodziny"
    r"|дн(?:ём|ем|я|юха) рождения|день рождения|doğum günü)\b|誕生日|生日|생일|عيد ميلاد|יום הולדת",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"\b(?:school|preschool|pre-k|kindergarten|kindy|nursery|daycare|first grade|[1-9](?:st|nd|rd|th) grade|year [1-9] class|classroom"
    r"|schule|grundschule|kita|einschulung|eingeschult|schulkind|erstklässler\w{0,3}|kindergartenkind"
    r"|école|ecole|maternelle|crèche|rentrée|cp\b|collège|escuela|colegio|guardería|el cole|scuola|asilo|elementari"
    r"|escola|creche|jardim de infância|school|basisschool|kinderdagverblijf|crèche|skola|skole|förskola|børnehave|barnehage"
    r"|szkoł\w{1,2}|przedszkol\w{1,3}|школ\w{1,2}|детск\w{2,3} сад\w{0,2}|первоклассни\w{1,3}|okul\w{0,3}|anaokul\w{0,3})\b|小学校|幼稚園|保育園|入学式|幼儿园|小学|上学|유치원|초등학교|مدرسة|روضة|בית ספר|גן ילדים",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"^(?:firstdayofschool|backtoschool|firstdayof(?:kindergarten|preschool|\w{1,6}grade)|einschulung(?:20\d\d)?|rentree(?:scolaire)?"
    r"|vueltaalcole|mybaby|mykids?|momlife|mumlife|mysonsbirthday|daughtersbirthday|birthday(?:girl|boy))$",
    re.IGNORECASE,
)
_NEAR = 90
"""How far from each other a child and what is told of it may stand, in characters."""
_NAME = r"([^\W\d_][^\W\d_]{2,15})"
_AFTER_CHILD = re.compile(rf"[,:]? (?:is |called |named |heißt |s'appelle |se llama )?{_NAME}")
_BEFORE_AGE = re.compile(
    rf"{_NAME}(?:['’]s|s)? (?:is |has |just |hat |ist |wird |a |ha |heeft )?(?:turn\w{{0,3}} |today |heute |jetzt )?$",
    re.IGNORECASE,
)
_GREETED = re.compile(rf"[!,.]? (?:to |an |à |a |für )?(?:you,? |dear |liebe[r]? )?{_NAME}")
_NO_NAMES = word_set(
    "the this that these those and but today yesterday tomorrow happy love she he they we you our my her his was is has had are"
    " will just now when with from for first last new school birthday kindergarten monday tuesday wednesday thursday friday"
    " saturday sunday january february march april may june july august september october november december christmas easter"
    " und aber heute gestern ist war hat wird mit von für der die das den dem ein eine erster erste schule kita liebe alles"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag gute guten noch schon endlich"
    " pour avec dans est les des une aujourd hui elle lui joyeux bon anniversaire hoy con para los las una feliz cumple ella"
    " oggi con per una compleanno buon tanti auguri hoje com para uma parabéns vandaag met een gefeliciteerd jaar year years"
    " baby mom mum mama papa dad daddy mommy mummy grandma grandpa oma opa everyone everybody all so what how who why its it"
    " son daughter boy girl kid kids child children twins kind kinder sohn tochter junge mädchen enkel fils fille enfant enfants"
    " hijo hija niño niña nieto nieta figlio figlia bambino bambina filho filha criança zoon dochter barn syn córka dziecko"
    " сын дочь дочка ребёнок ребенок малыш внук внучка сыну дочке ребёнку сегодня"
)


class _Told(NamedTuple):
    """What a caption tells of a child."""

    where: Address
    words: str
    name: str
    """Empty when none is told."""


@post_rule(
    "child-in-words",
    "A child’s details in the words of the post",
    Question.WHO,
    Level.HIGH,
    confidence=Confidence.TENTATIVE,
    message="The words of the post seem to tell a child’s name together with age, birthday or school.",
    remedy="Edit the words, and leave out name, age, birthday and school; show such posts only to people you know.",
    raised_for=("parent", "survivor"),
)
def child_in_words(posted: Posted) -> Verdict | None:
    """The caption speaks of a child and tells its age, birthday or school, perhaps with its name.

    Why it matters
        With a first name, an age and a school a stranger can speak to a child as if they knew each other. A birthday post
        gives the date of birth, and what is collected about a child now stays for life.

    What to do
        Edit the caption, and leave out name, age, birthday and school. Show pictures of children only to people you
        know.

    What that does not do
        This is a guess from a few words in some languages: expect misses and false alarms. Uniforms and signs in the
        picture still show the school.

    Covers
        PST04 for school words, and PEO05, CMB02 and COL06 as far as one post tells

    References
        https://heroku.briefly.co/anchor/Privacy_professionals/story/the-dark-reality-of-back-to-school-photos
        https://newsconcerns.com/how-to-keep-your-kids-first-day-of-school-photos-safe-online
    """
    told = list(_told(posted))[:MOST]
    if not told:
        return None
    evidence = [Evidence(each.where, each.words, Secret.TEXT) for each in told]
    names = [Evidence(each.where, each.name, Secret.NAME) for each in told if each.name]
    if names:
        return Verdict((*dict.fromkeys(names), *evidence))
    return Verdict(tuple(evidence), level=Level.MEDIUM, message=_NO_NAME)


_NO_NAME = "The words of the post seem to tell a child’s age, birthday or school."


def _told(posted: Posted) -> Iterator[_Told]:
    for text in said(posted.post, *WORDS):
        if not is_news(text.value):
            yield from _of_children(text.value, text.address)
    for tag, address in hashtags(posted.post):
        if _TAGS.match(tag):
            yield _Told(address, f"#{tag}", "")


def _of_children(text: str, address: Address) -> Iterator[_Told]:
    """What is told near a word for a child; and a birthday with an age below 18, which needs no such word."""
    for child in _CHILD.finditer(text):
        start, end = max(0, child.start() - _NEAR), child.end() + _NEAR
        detail = next((d for p in (_AGE, _BIRTHDAY, _SCHOOL) if (d := p.search(text, start, end))), None)
        if detail is not None:
            name = _named(_AFTER_CHILD.match(text, child.end())) or _around(text, start, end)
            yield _Told(address, around(text, *_both(child, detail), room=10), name)
            return
    age = _AGE.search(text)
    birthday = _BIRTHDAY.search(text)
    if age is not None and birthday is not None:
        name = _around(text, 0, len(text))
        if name:
            yield _Told(address, around(text, *_both(age, birthday), room=10), name)


def _both(one: re.Match[str], other: re.Match[str]) -> tuple[int, int]:
    return min(one.start(), other.start()), max(one.end(), other.end())


def _around(text: str, start: int, end: int) -> str:
    """A name before an age ("Emma turns 7", "Emma’s 7th birthday") or after a birthday ("happy birthday Emma")."""
    if (age := _AGE.search(text, start, end)) is not None and (
        name := _named(_BEFORE_AGE.search(text, max(0, age.start() - 40), age.start()))
    ):
        return name
    if (birthday := _BIRTHDAY.search(text, start, end)) is not None:
        return _named(_GREETED.match(text, birthday.end())) or _named(
            _BEFORE_AGE.search(text, max(0, birthday.start() - 40), birthday.start())
        )
    return ""


def _named(found: re.Match[str] | None) -> str:
    """The name in a match, if it looks like one: a capital, and no word of a sentence."""
    if found is None:
        return ""
    name = found[1].removesuffix("'s").removesuffix("’s")
    return name if not name[0].islower() and name.casefold() not in _NO_NAMES else ""
