"""Names of towns in the words of a post, told from words that only look like them.

A name counts where something around it says that it is a place: a pin, a country behind it, "in" before it with "we" or
"today" near by, or a hashtag. "May", "Nice", "Reading" and "Mobile" need their country; and what reports about the world
say is no place of one's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exposure.places import named
from exposure.rules._filenames import folded
from exposure.rules._post_words import is_news
from exposure.rules._words import word_set

_CITY = 100_000
"""People from which a name counts without a country behind it."""
_LONGEST_NAME = 4
"""Words in a name."""
_NEAR = 9
"""How many words away from a name one must be that tells of oneself."""
_MOST_WORDS = 400

_WORD = re.compile(r"[^\W\d_][\w'’.]{0,40}")
_PIN = re.compile(r"[📍🗺🧭]\s*(.{2,60})")
_DRESSING = re.compile(r"[^\w\s,'’.-]|\b(?:19|20)\d\d\b|[._]{2,}")

_BEFORE = word_set(
    "in at from near to around en à a de em w we z do i från till fra til bei aus nach bij uit naar da в во из у près"
    " dans desde do no на у з في ב"
)
"""Words that stand before a place, in many languages."""
_AT = word_set("in at near around em bei bij в во w we في près dans")
"""Those of them that a person's name hardly follows."""
_SELF = word_set(
    "i i'm i’m im we we're we’re our ours us my me here today tonight now morning afternoon evening weekend holiday holidays"
    " vacation trip visiting visit visited arrived landed back greetings hello live living moved walk walking sunset sunrise"
    " love lovely enjoying stay staying"
    " ich wir uns unser unsere unserem mein meine meinem heute hier wochenende urlaub grüße gerade abend daheim unterwegs"
    " je j'ai j’ai nous notre nos mon ma mes ici aujourd'hui aujourd’hui soir vacances balade week-end"
    " yo nos nuestra nuestro mi mis aquí hoy noche vacaciones finde estamos estoy paseo"
    " eu nós nosso nossa meu minha aqui hoje férias estamos passeio"
    " io noi nostro nostra mio mia qui oggi vacanze siamo sono giro"
    " ik wij we ons onze mijn hier vandaag vakantie weekendje jag vi vår min här idag semester vores mit dag ferie"
    " ja my nasz nasza mój moja tu dziś wakacje weekend я мы мой моя наш наша здесь сегодня отпуск выходные"
    " أنا نحن اليوم هنا אני אנחנו היום כאן"
)
"""Words of somebody who tells of oneself."""
_WORDS = word_set(
    "ada al ala ann ans as asa ash ba bad bank bar barry bath bear bell bend best big bo boo bow brick bury can cat central"
    " clay clinton coal colon color come coral cork corn crystal dallas darwin date david deal delta dig eagle ely enterprise"
    " essen faith flint flower ford fort forest franklin gap garland george goes grace grand grant green halle ham hay heat"
    " hell hit hull hook hope jackson jay kent lage lake lens liberal lincoln linden love magenta magna mako male man manage"
    " mao march marco marks marion martin mason may me mercedes mesa mission mobile mon moon moor most much mut newton nice"
    " normal nova of opportunity orange orlando oss page pa para paradise paris-hilton park peer pen phoenix plan plano pop"
    " port poole punch reading regen reservoir rich roman rugby sale salt same san sandwich save say see selfie sierra silver"
    " singen spring split sur surprise time to tours troy troyes turbo tyler una union universal van victor vista wa walker waterfall"
    " wave well wells will worms york singer along august bra bras casa ceres imperial ideal real lima lomas luz media mira"
    " moral natal pilar platja rosario sol soledad union vida viva"
)
"""Names that are words as well: they need their country."""
_PEOPLE = word_set(
    "adelaide alexandria aurora austin brooklyn carolina charlotte chelsea diego eugene florence irving jordan lourdes madison"
    " martin nancy olga regina santiago savannah sebastian sofia sydney victoria angel bella israel"
)
"""Names that are people's as well: not after "from" or "to"."""
_ELSEWHERE = frozenset(
    map(
        folded,
        word_set(
            "münchen nürnberg wien prag rom mailand venedig neapel florenz turin genua kopenhagen warschau krakau lissabon moskau"
            " brüssel athen kairo genf basel roma milano firenze venezia napoli torino genova lisboa porto praha warszawa kraków"
            " wrocław gdańsk bruxelles brussel antwerpen genève londres londra paryż wiedeń berlín múnich varsovia moscou mosca"
            " vienne munich copenhague københavn göteborg bucurești beograd athina sevilla cologne"
            " москва киев київ минск прага берлин париж лондон стамбул санкт-петербург питер одесса одеса львов львів"
            " 東京 大阪 京都 北京 上海 广州 深圳 香港 台北 서울 부산 القاهرة دبي الرياض بيروت ירושלים תל-אביב αθήνα θεσσαλονίκη"
        ),
    )
)
"""Large cities as they are called where the gazetteer has another name."""
_LANDS = word_set(
    "uk usa us u.s.a england scotland wales uae nyc deutschland österreich schweiz suisse svizzera españa italia brasil polska"
    " sverige norge danmark nederland belgique belgië méxico türkiye россия україна украина ca tx ny fl il nj pa ma wa az nv"
    " bw nrw bavaria bayern ontario quebec nsw"
    " alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana"
    " iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska"
    " nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming"
)
"""Countries and states as they are called, besides what the gazetteer knows."""
_TOGETHER = word_set(
    "newyork newyorkcity losangeles sanfrancisco hongkong riodejaneiro saopaulo buenosaires mexicocity ciudaddemexico capetown"
    " newdelhi kualalumpur hochiminhcity stpetersburg telaviv sandiego lasvegas neworleans washingtondc denhaag thehague"
)
"""Large cities of several words, as hashtags have them."""
_TAG_DRESS = re.compile(
    r"^(?:visit|igers?|insta|ilove|love|explore|discover|hello|meet|streetsof|thisis|welcometo)|"
    r"(?:city|life|gram|lovers?|diaries|streets|photography|bynight|vibes|trip|travel|living|style|today|ig|19\d\d|20\d\d)$"
)


def towns(text: str, pictured: bool) -> Iterator[str]:
    """The towns that a plain text says its writer is at. `pictured`: a photo is with it."""
    for found in _PIN.finditer(text):
        yield from _listed(found[1], sure=True)
    if is_news(text):
        return
    if pictured and len(text) <= 60:
        yield from _listed(text, sure=False)
    yield from _after_words(text)


def town_of(tag: str) -> str | None:
    """The town in a hashtag, with or without what people hang on it: berlin, visitlisbon, igersroma."""
    plain = folded(tag.replace("_", " ").strip())
    for name in (plain, _TAG_DRESS.sub("", _TAG_DRESS.sub("", plain.replace(" ", "")))):
        if name in _TOGETHER or (
            len(name) >= 4 and name not in _WORDS and name not in _PEOPLE and _is_city(name)
        ):
            return name
    return None


def is_land(name: str) -> bool:
    """Whether this is a country or a state of one."""
    plain = folded(name.strip(" ."))
    found = named(plain)
    return (found is not None and found.population == 0) or plain in _LANDS


def is_town(name: str) -> bool:
    """Whether it is nothing but a town or country, perhaps with what it lies in: "Lisbon", "Lisbon, Portugal"."""
    first = name.partition(",")[0].strip()
    plain = folded(first)
    known = named(plain) is not None or plain in _ELSEWHERE or plain.replace(" ", "") in _TOGETHER
    return known or is_land(first)


def _is_city(name: str) -> bool:
    plain = folded(name)
    found = named(plain)
    return (
        plain in _ELSEWHERE
        or plain.replace(" ", "") in _TOGETHER
        or (found is not None and found.population >= _CITY)
    )


def _listed(text: str, sure: bool) -> Iterator[str]:
    """A text that is nothing but a place: "Rome, Italy 🇮🇹"; with `sure` the place may be followed by other words."""
    bare = " ".join(_DRESSING.sub(" ", text).split()).strip(" .,-")
    pieces = [piece.strip(" .-") for piece in bare.split(",")]
    first = pieces[0].split()
    land = len(pieces) > 1 and any(
        is_land(" ".join(piece.split()[:2])) or is_land(piece) for piece in pieces[1:3]
    )
    for length in range(min(len(first), _LONGEST_NAME), 0, -1):
        if length < len(first) and not sure:
            return
        name = " ".join(first[:length])
        if _begins(name) and (
            (_is_city(name) and folded(name) not in _WORDS) or (land and named(name) is not None)
        ):
            yield name
            return


def _after_words(text: str) -> Iterator[str]:
    """Towns after "in" and its like, where words near by tell of oneself."""
    spans = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)][:_MOST_WORDS]
    low = [word.casefold().strip(".") for word, _, _ in spans]
    for at in range(len(spans) - 1):
        if low[at] not in _BEFORE or not _begins(spans[at + 1][0]):
            continue
        for length in range(min(_LONGEST_NAME, len(spans) - at - 1), 0, -1):
            name = text[spans[at + 1][1] : spans[at + length][2]].rstrip(".’'")
            if not _SEPARATED.search(name) and _counts(name, low[at], text[spans[at + length][2] :]):
                if any(word in _SELF for word in low[max(0, at - _NEAR) : at + length + _NEAR]):
                    yield name
                break


_SEPARATED = re.compile(r"[^\w\s'’.-]")
_LAND_AFTER = re.compile(r"\s*,\s*([^\W\d_][\w. ]{1,30})")


def _counts(name: str, before: str, after: str) -> bool:
    plain = folded(name)
    found = named(plain)
    if (land := _LAND_AFTER.match(after)) is not None and found is not None:
        words = land[1].split()
        if any(is_land(" ".join(words[:length])) for length in (3, 2, 1)):
            return True
    if plain in _WORDS or (plain in _PEOPLE and before not in _AT):
        return False
    return _is_city(name)


def _begins(name: str) -> bool:
    """Whether a name is written with a capital, in scripts that have them."""
    return bool(name) and not name[0].islower()
