"""Rules about habits and plans in the words of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.model import Confidence, Evidence, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._post_words import MOST, OWN_WORDS, around, hashtags, is_news, said
from exposure.rules._verdicts import verdict

_EVERY = ("survivor", "activist", "parent", "journalist")
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekday|weekend|morning|evening|night|afternoon|lunchtime|day|week"
_HABIT = re.compile(
    rf"\b(?:every|each) (?:single |other )?(?:{_DAYS})s?\b|\b(?:on|most) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|weekends)\b"
    r"|\b(?:my|our) (?:usual|regular|daily|weekly|morning|evening|lunchtime) \w{3,12}\b|\bas (?:always|usual)\b|\bdaily\b"
    r"|\b(?:way|commute) (?:to|from) (?:work|school|uni)\b|\bschool run\b"
    r"|\bjede[nsr]? (?:\w{3,10}tag|morgen|abend|woche|wochenende|tag|mittwoch)\b|\b(?:mon|diens|donners|frei|sams|sonn)tags\b"
    r"|\bmittwochs\b|\btäglich\b|\bwie immer\b|\bweg zur (?:arbeit|schule)\b|\bmorgenrunde\b|\bfeierabendrunde\b"
    r"|\btous les (?:jours|matins|soirs|lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches)\b|\bchaque (?:jour|matin|soir|semaine|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche)\b|\bcomme d['’]habitude\b"
    r"|\btodos los (?:días|lunes|martes|miércoles|jueves|viernes|sábados|domingos)\b|\btodas las (?:mañanas|tardes|noches|semanas)\b"
    r"|\bcada (?:día|mañana|tarde|noche|semana|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\bcomo siempre\b"
    r"|\bogni (?:giorno|mattina|sera|settimana|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b|\btutti i giorni\b|\bcome sempre\b"
    r"|\btodos os (?:dias|sábados|domingos)\b|\btoda (?:manhã|noite|semana|segunda|terça|quarta|quinta|sexta)\b"
    r"|\b(?:elke|iedere) (?:dag|ochtend|avond|week|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b|\bzoals altijd\b"
    r"|\b(?:każdy|każdego|co) (?:dzień|ranek|wieczór|tydzień|poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę)\b"
    r"|\bкажд(?:ый|ое|ую) (?:день|утро|вечер|неделю|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)\b|\bкак всегда\b"
    r"|毎(?:朝|日|晩|週)|每(?:天|早|晚|周)|매(?:일|주)",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.h][0-5]\d\b|\b(?:1[0-2]|[1-9]) ?(?:am|pm|a\.m\.|p\.m\.|uhr)\b"
    r"|\b(?:run|runs|running|jog|jogging|walk|walks|walking|swim|swimming|ride|cycle|cycling|gym|yoga|pilates|training|practice|rehearsal"
    r"|class|lesson|coffee|breakfast|lunch|commute|train|bus|tram|metro|subway|route|loop|shift|pub|market|church|dog|parkrun|school|work)\b"
    r"|\b(?:laufen|lauf|joggen|spazieren|spaziergang|gassi|schwimmen|training|verein|probe|kaffee|frühstück|bahn|zug|arbeit|schule|kita|markt)\b"
    r"|\b(?:course|footing|promenade|balade|nager|entraînement|café|marché|travail|école)\b"
    r"|\b(?:correr|caminar|paseo|pasear|nadar|gimnasio|entreno|trabajo|escuela|cole|mercado)\b"
    r"|\b(?:corsa|correre|passeggiata|palestra|allenamento|lavoro|scuola|mercato|caffè)\b|\b(?:corrida|caminhada|academia|treino|trabalho|escola)\b"
    r"|\b(?:hardlopen|wandelen|zwemmen|sportschool|werk|koffie|markt)\b|\b(?:bieganie|spacer|siłownia|trening|praca|szkoła)\b"
    r"|\b(?:пробежк\w{1,2}|прогулк\w{1,2}|бассейн|тренировк\w{1,2}|спортзал|работ\w{1,2}|школ\w{1,2})\b|散歩|ランニング|通勤|跑步|散步|上班|산책|운동|출근",
    re.IGNORECASE,
)
_NEAR = 60
"""How far from a word of habit that of what is done may stand, in characters."""

_EVENTS = re.compile(
    r"\b(?:protest|demonstration|(?-i:Demo)|rally|vigil|picket|sit-?in|march for|kundgebung|mahnwache|manif(?:estation)?|grève|manifestación|concentración"
    r"|marcha|huelga|manifestazione|corteo|sciopero|manifestação|greve|betoging|protestmars|protestbanner|manifestacja|strajk|митинг|протест)\b",
    re.IGNORECASE,
)
_EVENT_TAG = re.compile(
    r"(?:protest|demo\d|^demo$|rally|vigil|march(?:for|on)|womensmarch|climatestrike|fridaysforfuture|blacklivesmatter|manif|huelga|sciopero"
    r"|greve|strajk|kundgebung|митинг|протест|pride\d|csd\d|^csd|8m$)",
    re.IGNORECASE,
)


@post_rule(
    "routine-in-words",
    "A habit in the words of the post",
    Question.HISTORY,
    Level.MEDIUM,
    confidence=Confidence.TENTATIVE,
    message="The words of the post seem to tell a habit: what you do again and again, on which days or at which hours.",
    remedy="Edit the words, and leave out days, hours and “always”.",
    raised_for=_EVERY,
)
def routine_in_words(posted: Posted) -> Verdict | None:
    """The caption tells of something that is done again and again: every Tuesday, my usual run, the way to work.

    Why it matters
        A habit tells when you will be somewhere before you are there. With a place it is enough to wait for you.

    What to do
        Edit the caption, and leave out days, hours and the word "always".

    What that does not do
        This is a guess from a few words in some languages: expect misses and false alarms. Many posts at the same hour
        tell a habit without any words.

    Covers
        PST04, for routines

    References
        https://docslib.org/doc/13469085/tagvisor-a-privacy-advisor-for-sharing-hashtags
        https://www.readkong.com/page/no-place-to-hide-inadvertent-location-privacy-leaks-on-8650098
    """
    return verdict(list(_habits(posted))[:MOST])


def _habits(posted: Posted) -> Iterator[Evidence]:
    for text in said(posted.post, *OWN_WORDS):
        if is_news(text.value):
            continue
        told = 0
        for habit in _HABIT.finditer(text.value):
            start, end = habit.span()
            if start >= told and _DOING.search(text.value, max(0, start - _NEAR), end + _NEAR):
                told = end + _NEAR
                yield Evidence(text.address, around(text.value, start, end), Secret.TEXT)


@post_rule(
    "event-in-words",
    "A protest or rally in the words of the post",
    Question.HISTORY,
    Level.LOW,
    confidence=Confidence.TENTATIVE,
    message="The words or hashtags of the post seem to say that it was made at a protest or rally.",
    remedy="Edit the words, and ask those who are in the picture before you leave it there.",
    raised_for=("activist", "journalist", "survivor"),
)
def event_in_words(posted: Posted) -> Verdict | None:
    """The caption or a hashtag of a post with a photo names a protest, a strike or a rally.

    Why it matters
        Such posts are searched for by their hashtags. They say where you and those in your pictures stood, and for what.

    What to do
        Leave the hashtag out, or show the post to fewer people. Ask those who can be seen in it.

    What that does not do
        This is a guess from a few words: many people write about protests at which they never were. The picture itself
        still shows who was there.

    Covers
        PST04, for event hashtags

    References
        https://www.brennancenter.org/our-work/research-reports/social-media-monitoring
        https://vae.witness.org/portfolio_page/minimizing-harm-while-exposing-abuse/
    """
    return verdict(list(_events(posted))[:MOST]) if posted.post.photos or posted.photos else None


def _events(posted: Posted) -> Iterator[Evidence]:
    captions = list(said(posted.post, *OWN_WORDS))
    if any(is_news(text.value) for text in captions):
        return
    for text in captions:
        for event in _EVENTS.finditer(text.value):
            yield Evidence(text.address, around(text.value, *event.span()), Secret.TEXT)
    for tag, address in hashtags(posted.post):
        if _EVENT_TAG.search(tag):
            yield Evidence(address, f"#{tag}", Secret.TEXT)
