"""Rules about the people in a post, by what its author or other software wrote. No picture is looked at."""

from __future__ import annotations

import re

from exposure.model import Evidence, Level, Question, Secret, Verdict
from exposure.plugins import post_rule
from exposure.post import Posted
from exposure.rules._names import nobody
from exposure.rules._post_words import MOST, hashtags, said
from exposure.rules._verdicts import verdict

_EVERY = ("survivor", "activist", "parent", "journalist")
_FACES = frozenset({"people-named", "face-boxes"})
"""Rules for photos that say how many faces other software marked."""
_FEW = 2
"""With more people in a picture no face is large (rules.toml, PST02)."""
_SELFIE = re.compile(
    r"\bselfie\b|\bself[ -]?portrait\b|\bautoportrait\b|\bautorretrato\b|\bselbstporträt\b|自拍|自撮り|셀카|селфи",
    re.IGNORECASE,
)
_SELFIE_TAGS = frozenset({"selfie", "me", "selfportrait", "selfietime", "mirrorselfie", "itsme"})


@post_rule(
    "people-tagged",
    "People tagged in the post",
    Question.WHO,
    Level.HIGH,
    message="The post says by name who is in the picture, for everybody who sees it.",
    remedy="Take the tags off, and ask before you tag others.",
)
def people_tagged(posted: Posted) -> Verdict | None:
    """People are tagged as those who are in the picture.

    Why it matters
        A tag puts a name, and mostly a link to a profile, on a face. Many tags together tell who belongs with whom,
        also of people who did not choose that.

    What to do
        Edit the post and take the tags off. Ask others before you tag them.

    What that does not do
        What those people post themselves still ties you together, and copies that were collected keep the names.

    Covers
        PST08, for tags that others see

    References
        https://www.immigrantdefenseproject.org/immigrant-advocates-foia-for-info-on-clearview-ai-contract-with-ice-for-facial-recognition-technology/
        https://pmc.ncbi.nlm.nih.gov/articles/PMC3012474
    """
    return _people(posted, "depicted", stored=False)


@post_rule(
    "people-mentioned",
    "People mentioned in the post",
    Question.LINKS,
    Level.LOW,
    message="The post mentions other people or their accounts, which ties you to them.",
    remedy="Edit the words if the tie is nobody’s business.",
    raised_for=("survivor", "activist", "journalist"),
)
def people_mentioned(posted: Posted) -> Verdict | None:
    """Other people or accounts are mentioned in the words of the post.

    Why it matters
        Programs draw charts of who belongs with whom from such mentions: family, friends, colleagues, a movement.

    What to do
        Edit the words, or show the post to fewer people.

    What that does not do
        Their posts that mention you still tie you together.

    Covers
        PST08, for mentions

    References
        https://pmc.ncbi.nlm.nih.gov/articles/PMC3012474
        https://www.vice.com/en/article/m7bge3/dhs-uses-ai-tool-babel-x-babel-street-social-media-citizens-refugees
    """
    return _people(posted, "mentioned", stored=False)


@post_rule(
    "face-labels",
    "Names of people in the archive",
    Question.WHO,
    Level.LOW,
    message="The archive, and the service that made it, know by name who is in this picture; others do not see that.",
    remedy="Keep the archive to yourself, and leave its lists out of what you share.",
    raised_for=_EVERY,
)
def face_labels(posted: Posted) -> Verdict | None:
    """The service keeps the names of people in your pictures, and the archive lists them.

    Why it matters
        Such labels put names on faces. Others do not see them, but whoever gets your archive gets all of them, and so
        does whoever can make the service hand them out.

    What to do
        Keep the archive to yourself, and leave its lists (JSON files) out of folders that you share. Switch off the
        grouping of faces in the settings of the service if you do not need it.

    What that does not do
        The service may keep what it has learned. Archives that you gave away already hold the names.

    Covers
        PST08, for labels that only you and the service see

    References
        https://www.immigrantdefenseproject.org/immigrant-advocates-foia-for-info-on-clearview-ai-contract-with-ice-for-facial-recognition-technology/
    """
    return _people(posted, "depicted", stored=True)


def _people(posted: Posted, role: str, stored: bool) -> Verdict | None:
    facts = posted.post.stored if stored else posted.post.facts
    found = (
        Evidence(p.address, p.name, Secret.NAME)
        for p in facts.people
        if p.role == role and not nobody(p.name)
    )
    return verdict(list(dict.fromkeys(found))[:MOST])


@post_rule(
    "page-around-picture",
    "A public picture beside your profile",
    Question.WHO,
    Level.MEDIUM,
    message="Everybody can see this post, and a picture with people in it: programs that collect pictures take your profile, the link and the words along.",
    remedy="Show the post to fewer people, or take the picture down.",
    raised_for=_EVERY,
)
def page_around_picture(posted: Posted) -> Verdict | None:
    """A picture stands on a page that everybody can see, together with a profile name, a link and words.

    Why it matters
        Companies that search for faces keep each picture together with the address of its page, the link to the profile
        and the words beside it. That is how a face gets a name. Nothing in the file is needed for it.

    What to do
        Show such posts to fewer people, or take the picture down. It weighs more where tags, boxes that other software
        wrote, or your own words say that people are shown.

    What that does not do
        Copies that were taken earlier stay with whoever took them; to get out of such a collection you have to ask each
        company. exposure never looks at faces: it reads only what was written beside the picture.

    Covers
        PST02, without any look at faces

    References
        https://iapp.org/news/a/uk-first-tier-tribunal-overturns-ico-enforcement-action-against-clearview-ai
        https://doi.org/10.6028/NIST.IR.8271
    """
    post = posted.post
    if post.visibility.value != "public" or not (post.photos or posted.photos):
        return None
    if not (post.account or post.link.tier in ("exact", "constructed", "guess")):
        return None
    shown = _shown(posted)
    evidence = [
        *shown,
        *(Evidence(text.address, text.value, Secret.TEXT) for text in said(post, "caption", "alt")),
    ]
    if 0 < len(shown) <= _FEW:
        return Verdict(tuple(evidence[:MOST]))
    return Verdict(tuple(evidence[:MOST]), level=Level.LOW, message=_NOBODY_SAYS)


_NOBODY_SAYS = "Everybody can see this post: programs that collect pictures take your profile, the link and the words along."


def _shown(posted: Posted) -> list[Evidence]:
    """What says that people are shown: each tag, each face that other software marked, or a word such as selfie."""
    post = posted.post
    tagged = [Evidence(p.address, p.name, Secret.NAME) for p in post.facts.people if p.role == "depicted"]
    if tagged:
        return tagged
    for photo in posted.photos:
        marked = [e for f in photo.findings if f.rule in _FACES for e in f.evidence]
        if marked:
            return list({(e.address.path, e.value): e for e in marked}.values())
    for text in said(post, "caption", "alt"):
        if (selfie := _SELFIE.search(text.value)) is not None:
            return [Evidence(text.address, selfie[0], Secret.TEXT)]
    return [
        Evidence(where, f"#{tag}", Secret.TEXT)
        for tag, where in hashtags(post)
        if tag.casefold() in _SELFIE_TAGS
    ][:1]
