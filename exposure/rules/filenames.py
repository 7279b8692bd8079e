"""Rules about file names, which most sites keep and everybody can read."""

from __future__ import annotations

import re
from itertools import pairwise

from exposure.model import Confidence, Evidence, Level, Photo, Question, Verdict
from exposure.plugins import RENAME, rule
from exposure.rules._filenames import WHERE, app, dated, facebook, folded, last, of_screen, stem
from exposure.rules._verdicts import verdict

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[^\W\d_]+")
_WORDS = frozenset(
    folded(
        # papers that prove who somebody is
        "passport passports passeport pasaporte passaporte passaporto reisepass paspoort paszport pasaport"
        " паспорт διαβατήριο visa visas visum ausweis personalausweis identité dni ssn idcard"
        " licence license licences licenses führerschein fuehrerschein rijbewijs geburtsurkunde impfpass"
        " aufenthaltstitel"
        # money and contracts
        " invoice invoices rechnung facture factuur factura fattura fatura payslip payslips payroll lohnabrechnung"
        " gehaltsabrechnung nómina salary kontoauszug vertrag mietvertrag contract contrat contrato contratto lease"
        " iban steuerbescheid"
        # health and places
        " prescription ordonnance ultrasound diagnosis krankschreibung hospital krankenhaus hôpital clinic klinik"
        " home zuhause maison casa address adresse school schule école escuela escola scuola kindergarten kita"
        " boardingpass bordkarte nude nudes"
    ).split()
)
_PAIRS = frozenset(
    tuple(pair.split("-"))
    for pair in folded(
        "id-card identity-card birth-certificate boarding-pass bank-statement tax-return social-security"
        " driving-licence carte-identité permis-conduire carnet-conducir acte-naissance green-card pay-slip"
        " vaccination-card medical-report"
    ).split()
)
_JOINED = re.compile("|".join(map(folded, ("护照", "護照", "身份证", "パスポート", "여권", "جواز سفر"))))
"""Words of scripts that put no blanks around them."""
_HARMLESS_AFTER = {
    "home": frozenset({"screen", "page", "button", "icon", "made", "depot", "office"}),
    "licence": frozenset({"plate"}),
    "license": frozenset({"plate", "txt", "mit"}),
}
_PRIVATE = re.compile(
    r"tinder|bumble|grindr|okcupid|badoo|lovoo|parship|happn|scruff|meetic|hornet|planetromeo|dating"
    r"|health|gesundheit|sante\b|doctolib|zocdoc|mychart|patient|pregnan|period|fertil|therap|medic|fitbit|headspace"
    r"|bank|paypal|venmo|cash ?app|revolut|monzo|barclays|sparkasse|comdirect|santander|finanz|wells ?fargo|coinbase|binance"
    r"|(?<![a-z])(?:raya|hinge|feeld|pof|clue|flo|nhs|ovia|n26|ing|hsbc|bbva|wise|chase|klarna)(?![a-z])"
)


@rule(
    "date-in-name",
    "The date in the file name",
    Question.HISTORY,
    Level.LOW,
    message="The file name tells the day the picture was taken or saved.",
    remedy="Give the file a neutral name before you share it.",
    command=RENAME,
)
def date_in_name(photo: Photo) -> Verdict | None:
    """The name of the file holds a date, as most phones and many programs write it.

    Why it matters
        Many sites keep the name you upload, so cleaning the metadata does not remove the date.

    What to do
        Give the file a neutral name before you upload or send it: a clean copy made with `--rename` has one.

    What that does not do
        The name says nothing sure about when the picture was taken: it may be the day it was saved or sent. Copies
        under the old name keep it.

    Covers
        FIL01

    References
        https://timojyrinki.gitlab.io/hugo/post/2021-03-30-pixel-motionphoto-microvideo-file-formats/
    """
    name = last(photo.name)
    return _named(name) if dated(name) else None


@rule(
    "app-in-name",
    "The app in the file name",
    Question.LINKS,
    Level.LOW,
    message="The file name tells which app the picture came from.",
    remedy="Give the file a neutral name before you share it.",
    command=RENAME,
    confidence=Confidence.FIRM,
    raised_for=("journalist", "survivor", "activist"),
)
def app_in_name(photo: Photo) -> Verdict | None:
    """The name of the file is one that a certain app gives, or names the app that was open on a screenshot.

    Why it matters
        The name tells which app the picture passed through, for example a dating or banking app in the name of a
        screenshot. Those, and apps about health, are taken more seriously here.

    What to do
        Give the file a neutral name before you upload or send it: a clean copy made with `--rename` has one.

    What that does not do
        Apps change the names they give from version to version, so not all are recognised. The picture of a screen
        shows the app anyway.

    Covers
        FIL02

    References
        https://arxiv.org/abs/2302.12133
    """
    name = last(photo.name)
    found = app(name)
    if found is None:
        return None
    if of_screen(name) and _PRIVATE.search(folded(found)):
        message = "The file name tells that an app for health, dating or money was open on this screen."
        return Verdict((Evidence(WHERE, name),), level=Level.MEDIUM, message=message)
    return _named(name)


@rule(
    "words-in-name",
    "A telling word in the file name",
    Question.WHO,
    Level.MEDIUM,
    message="The file name holds a word for a personal paper or place, which everybody can read and search engines can find.",
    remedy="Give the file a neutral name before you share it.",
    command=RENAME,
    confidence=Confidence.TENTATIVE,
    raised_for=("journalist", "survivor", "activist", "parent"),
)
def words_in_name(photo: Photo) -> Verdict | None:
    """The name of the file holds a word such as passport, invoice or home, in one of several languages.

    Why it matters
        A name such as "mary-passport.jpg" is shown to everyone, and search engines list it.

    What to do
        Give the file a neutral name before you upload or send it: a clean copy made with `--rename` has one.
        Think twice whether such a picture should be shared at all.

    What that does not do
        It goes by words alone, so it may be mistaken, and it knows only some words in some languages. It does not know
        your names. A search engine may keep showing a name for a while after the file was renamed.

    Covers
        FIL03

    References
        https://cpj.org/2019/09/digital-safety-remove-personal-data-internet/
    """
    name = last(photo.name)
    return _named(name) if _telling(stem(name)) else None


@rule(
    "facebook-number-in-name",
    "A Facebook photo number in the file name",
    Question.LINKS,
    Level.LOW,
    message="The file name is one that Facebook gives, and the number of the photo there can be worked out from it.",
    remedy="Give the file a neutral name before you share it elsewhere.",
    command=RENAME,
    confidence=Confidence.FIRM,
    raised_for=("journalist", "activist"),
)
def facebook_number_in_name(photo: Photo) -> Verdict | None:
    """The name of the file consists of long numbers, as Facebook names the photos that are downloaded from it.

    Why it matters
        Research shows that the number of the photo on Facebook can be worked out from the name.

    What to do
        Give the file a neutral name before you post it elsewhere: a clean copy made with `--rename` has one.

    What that does not do
        As far as we could find, current names no longer hold the number of a profile directly. Other services may
        name files in a similar way.

    Covers
        FIL04

    References
        https://arxiv.org/abs/2302.12133
        https://stackoverflow.com/questions/31120222/iptc-metadata-automatically-added-to-uploaded-images-on-facebook
    """
    name = last(photo.name)
    return _named(name) if facebook(name) else None


def _named(name: str) -> Verdict | None:
    return verdict([Evidence(WHERE, name)])


def _telling(name: str) -> bool:
    words = _TOKEN.findall(folded(_CAMEL.sub(" ", name)))
    if not _WORDS.isdisjoint(words):
        for word, after in zip(words, [*words[1:], ""], strict=True):
            if word in _WORDS and after not in _HARMLESS_AFTER.get(word, ()):
                return True
    if len(words) > 1 and not _PAIRS.isdisjoint(pairwise(words)):
        return True
    return not name.isascii() and _JOINED.search(folded(name)) is not None
