from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from exposure.collection import Collection
from exposure.inferences.accounts import LINKED_ACCOUNTS
from exposure.looks import SURE
from exposure.model import Claim, CollectionFinding, Confidence, Examination, Fact, Facts, Level, Text
from exposure.plan import planned
from tests.inferences.lives import at, far, home_life
from tests.make.shots import camera, digits, here, named, number, shot, taken, words

LOOK = 0x5A3C_96F0_1E2D_4B87
CAPTION = "The old pear tree behind our house is in bloom again, three weeks too early"


def photo(account: str, name: str, *facts: Fact, look: int | None = None, digest: bytes = b"") -> Examination:
    return replace(shot(f"{account}/{name}", *facts), account=account, look=look, digest=digest)


def collected(
    photos: Iterable[Examination], personas: dict[str, str] | None = None, profile: str = "general"
) -> Collection:
    collection = Collection("2024-12-31", profile=profile)
    for each in photos:
        collection.add(each, (personas or {}).get(each.account))
    return collection


def said(*photos: Examination, **context: object) -> list[Claim]:
    return list(LINKED_ACCOUNTS.infer(collected(photos, **context)))  # type: ignore[arg-type]


def both(*facts: Fact) -> tuple[Examination, Examination]:
    """One photo in each of two accounts, a month apart, with these facts in both."""
    return photo("mine", "a.jpg", taken(days=1), *facts), photo("other", "b.jpg", taken(days=31), *facts)


def named_in(finding: CollectionFinding | Claim, *words: str) -> bool:
    return all(word in " ".join((finding.message, *finding.why)) for word in words)


@pytest.mark.parametrize("kind", ["serial", "internal-serial", "lens-serial"])
def test_one_serial_number_in_two_accounts_links_them(kind: str) -> None:
    (claim,) = said(*both(camera(), number(kind, "6784213")))
    assert (claim.level, claim.confidence) == (Level.HIGH, Confidence.FIRM)
    assert list(claim.photos) == [0, 1]
    assert named_in(claim, "the account M. and the account O.", "1 photo of the one and 1 of the other")
    assert "6784213" not in repr(claim)


@pytest.mark.parametrize("value", ["0000000", "1234567890", "No Lens", "unknown", "0", "-------", "EOS R6"])
def test_placeholder_serials_link_nothing(value: str) -> None:
    assert said(*both(camera(), number("serial", value), number("lens-serial", value))) == []


def test_a_number_on_two_models_is_no_serial_number() -> None:
    one, other = (
        photo("mine", "a.jpg", camera("EOS R6"), number("serial", "6784213")),
        photo("other", "b.jpg", camera("D850", "Nikon"), number("serial", "6784213")),
    )
    assert said(one, other) == []


def test_two_people_with_one_camera_model_are_not_linked() -> None:
    mine = [photo("mine", f"{n}.jpg", camera(), number("serial", "6784213"), taken(days=n)) for n in range(9)]
    other = [
        photo("other", f"{n}.jpg", camera(), number("serial", "9914577"), taken(days=n)) for n in range(9)
    ]
    assert said(*mine, *other) == []


@pytest.mark.parametrize("kind", ["document-id", "content-id", "image-id"])
def test_versions_of_one_original_link(kind: str) -> None:
    one = photo("mine", "a.jpg", number(kind, digits(1)), taken())
    other = photo("other", "b.jpg", number(kind, digits(1)), taken())
    (claim,) = said(one, other)
    assert claim.confidence is Confidence.FIRM and named_in(claim, "number of a document or picture")


def test_the_number_of_a_template_does_not() -> None:
    days = product(("mine", "other"), range(4))
    assert (
        said(*(photo(a, f"{n}.jpg", number("document-id", digits(1)), taken(days=n)) for a, n in days)) == []
    )


def test_the_same_file_links() -> None:
    one, other = (
        photo(account, "a.jpg", camera(), look=LOOK, digest=b"x" * 32) for account in ("mine", "other")
    )
    (claim,) = said(one, other)
    assert claim.confidence is Confidence.FIRM and named_in(claim, "very same file")
    assert not named_in(claim, "another size")  # the same file looks the same: that is nothing more
    assert said(photo("mine", "a.jpg", digest=b"x" * 32), photo("other", "b.jpg", digest=b"y" * 32)) == []


def test_a_file_that_tells_of_no_camera_may_be_anybodys() -> None:
    """A joke that goes round, or the sign of a group, is saved and posted as it is by many."""
    joke = [photo(account, "joke.jpg", look=LOOK, digest=b"x" * 32) for account in ("mine", "other")]
    (claim,) = said(*joke)
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    more = [photo(account, "b.jpg", digest=b"y" * 32) for account in ("mine", "other")]
    (claim,) = said(*joke, *more)
    assert claim.confidence is Confidence.FIRM


@pytest.mark.parametrize("bits", [0, 1, SURE])
def test_one_picture_in_another_size_links_but_may_be_anybodys(bits: int) -> None:
    close = LOOK ^ sum(1 << 5 * n for n in range(bits))
    (claim,) = said(photo("mine", "a.jpg", look=LOOK), photo("other", "b.jpg", look=close))
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert named_in(claim, "same picture is in both", "1 photo of the one and 1 of the other")


def test_two_pictures_are_believed() -> None:
    looks = (LOOK, LOOK ^ 0xFFFF_FFFF)
    photos = [
        photo(account, f"{n}.jpg", look=look) for account in ("mine", "other") for n, look in enumerate(looks)
    ]
    (claim,) = said(*photos)
    assert claim.confidence is Confidence.FIRM


def test_pictures_that_differ_more_and_pictures_without_a_look_do_not() -> None:
    other = LOOK ^ sum(1 << 5 * n for n in range(SURE + 1))
    assert said(photo("mine", "a.jpg", look=LOOK), photo("other", "b.jpg", look=other)) == []
    assert said(photo("mine", "a.jpg", look=None), photo("other", "b.jpg", look=None)) == []


def test_no_doubt_is_told_twice() -> None:
    (claim,) = said(*(photo(account, "a.jpg", look=LOOK, digest=b"x" * 32) for account in ("mine", "other")))
    assert sum("many people pass on" in doubt for doubt in claim.could_be_wrong_if) == 1
    (claim,) = said(photo("mine", "a.jpg", look=LOOK), photo("other", "b.jpg", look=LOOK))
    assert len(claim.could_be_wrong_if) == 2


def test_the_same_picture_twice_in_one_account_is_nothing() -> None:
    twice = [
        photo("mine", f"{n}.jpg", number("serial", "6784213"), look=LOOK, digest=b"x" * 32) for n in range(3)
    ]
    assert said(*twice, photo("other", "b.jpg")) == []


def test_photos_of_no_account_link_nothing() -> None:
    one, other = both(number("serial", "6784213"))
    assert said(replace(one, account=""), other, photo("third", "c.jpg")) == []


@pytest.mark.parametrize("role", ["creator", "owner"])
def test_a_rare_name_of_a_photographer_or_owner_links(role: str) -> None:
    (claim,) = said(*both(named("Quirina Zettelmoos", role)))
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert named_in(claim, "rare name of a photographer or owner") and "Quirina" not in repr(claim)


@pytest.mark.parametrize("name", ["Anna", "John Smith", "Maria Garcia", "Unknown", "Canon", "Photographer"])
def test_common_names_do_not(name: str) -> None:
    assert said(*both(named(name, "creator"), named(name, "owner"))) == []


def test_names_of_people_who_are_shown_do_not() -> None:
    assert said(*both(named("Quirina Zettelmoos"))) == []


def test_a_handle_in_place_of_a_name_links() -> None:
    (claim,) = said(*both(named("zettel_moos77", "creator")))
    assert named_in(claim, "rare name of a photographer or owner")


def test_a_handle_that_both_mention_links_weakly() -> None:
    (claim,) = said(*both(words("with @zettelmoos_q")))
    assert (claim.level, claim.confidence) == (Level.LOW, Confidence.TENTATIVE)
    (claim,) = said(*both(words("with @zettelmoos_q")), personas={"mine": "named", "other": "pseudonymous"})
    assert claim.level is Level.MEDIUM


@pytest.mark.parametrize("text", ["@anna", "@canon", "@instagram"])
def test_common_handles_do_not(text: str) -> None:
    assert said(*both(words(text))) == []


def test_the_name_of_one_account_in_the_other_links() -> None:
    own = photo("flickr:zettelmoos_q", "a.jpg")
    (claim,) = said(own, photo("other", "b.jpg", words("more at @zettelmoos.q")))
    assert list(claim.photos) == [1] and named_in(
        claim, "name of one account stands with 1 photo of the other"
    )
    assert "zettelmoos" not in repr(claim) and "the account on Flickr" in claim.message


def heard(**said: tuple[str, str]) -> Collection:
    """Accounts of one photo each, by what they are called on their services and what their posts say."""
    collection = collected(photo(account, "a.jpg") for account in said)
    for account, (own, caption) in said.items():
        collection.hear(account, own, Facts(texts=(words(caption),)), is_page=False)
    return collection


def test_accounts_of_the_same_rare_name_are_linked() -> None:
    """Whatever the person calls them: who looks for the name finds both."""
    (claim,) = LINKED_ACCOUNTS.infer(heard(mine=("zettel_moos77", ""), other=("Zettel.Moos77", "")))
    assert claim.confidence is Confidence.TENTATIVE and named_in(claim, "the same rare name")
    assert "take down" in claim.instead and not claim.photos
    (claim,) = LINKED_ACCOUNTS.infer(heard(mine=("zettel_moos77@m.example", ""), other=("zettel_moos77", "")))
    assert named_in(claim, "the same rare name")
    assert not list(LINKED_ACCOUNTS.infer(heard(mine=("johnsmith", ""), other=("johnsmith", ""))))


def test_the_name_of_one_account_in_words_without_a_photo_links() -> None:
    (claim,) = LINKED_ACCOUNTS.infer(
        heard(mine=("nightowl_9921", "more at @zettel_moos77."), other=("zettel_moos77", ""))
    )
    assert claim.confidence is Confidence.TENTATIVE and named_in(claim, "stands in the words of the other")
    assert not list(
        LINKED_ACCOUNTS.infer(heard(mine=("nightowl_9921", "zettel_moos77"), other=("zettel_moos77", "")))
    )


def test_on_its_own_page_an_account_may_name_another_in_any_way() -> None:
    collection = heard(mine=("nightowl_9921", ""), other=("zettel_moos77", ""))
    page = Facts(texts=(words("also: https://photos.example/zettel_moos77/"),))
    collection.hear("mine", "nightowl_9921", page, is_page=True)
    (claim,) = LINKED_ACCOUNTS.infer(collection)
    assert named_in(claim, "stands in the words of the other")


def test_the_same_long_caption_links() -> None:
    one, other = both()
    later = Text(
        "caption", f"#spring {CAPTION.upper()}! @anna https://example.org", one.facts.times[0].address
    )
    (claim,) = said(
        replace(one, facts=replace(one.facts, texts=(words(CAPTION),))),
        replace(other, facts=replace(other.facts, texts=(later,))),
    )
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert named_in(claim, "same words stand under 1 photo") and "pear" not in repr(claim)


@pytest.mark.parametrize(
    "text",
    [
        "Happy birthday to the best mum!",
        "#sunset #sea #beach #holiday #summer #love #photooftheday #nofilter #travel",
        "Created with the free trial version of Invented Photo Machine 3.2 for Windows",
        "la la la la la la la la la la la la la la la la la la la la la la",
    ],
)
def test_short_captions_hashtags_and_stock_words_do_not(text: str) -> None:
    assert said(*both(words(text))) == []


def test_captions_in_a_script_without_blanks_count_by_their_signs() -> None:
    assert len(said(*both(words("今天我们在山上的小屋里看到了非常美丽的日出")))) == 1
    assert said(*both(words("生日快乐"))) == []


def test_two_photographers_at_one_event_are_not_linked() -> None:
    """The same model, hour, place, hashtag, mention, agency and official caption; cameras and pictures of their own."""
    facts = (
        camera(),
        words("#marathon2024 @cityrunmoosdorf"),
        words(CAPTION),
        named("Getty Images", "owner"),
    )
    photos = [
        photo(
            account,
            f"{n}.jpg",
            taken("+02:00", minutes=3 * n + turn),
            here(north=20.0 * n),
            number("serial", ("6784213", "9914577")[turn]),
            *facts,
            look=LOOK ^ (0x1234_5678_9ABC_DEF1 * (n + 40 * turn + 1)) & (1 << 64) - 1,
        )
        for turn, account in enumerate(("mine", "other"))
        for n in range(40)
    ]
    assert said(*photos) == []


def test_two_who_go_to_the_same_matches_are_not_linked() -> None:
    stadiums = [here(north=3_000.0 * n) for n in range(4)]
    photos = [
        photo(
            account,
            f"{day}.jpg",
            taken("+02:00", days=day, minutes=turn),
            stadiums[day // 7 % 4],
            camera(model),
        )
        for turn, (account, model) in enumerate((("mine", "EOS R6"), ("other", "EOS R5")))
        for day in range(0, 200, 7)
    ]
    assert said(*photos) == []


def lived(account: str, photos: Iterable[Examination]) -> list[Examination]:
    return [replace(each, account=account, name=f"{account}/{each.name}") for each in photos]


def test_one_home_in_two_accounts_links() -> None:
    (claim,) = said(*lived("mine", home_life()), *lived("other", home_life(range(200, 290))))
    assert (claim.level, claim.confidence) == (Level.MEDIUM, Confidence.TENTATIVE)
    assert named_in(claim, "lives at the same place")
    assert len(claim.photos) == 180


def test_two_homes_in_one_town_do_not() -> None:
    away = at(far(2), 7.2, 20.5, 18.4, 21.7, 11.0, days=range(200, 290))
    assert said(*lived("mine", home_life()), *lived("other", away)) == []


def test_spots_that_both_go_back_to_link() -> None:
    def rounds(first: int) -> list[Examination]:
        return [
            each for n in range(4) for each in at(far(2 * n), 15.0, days=range(first + n, first + 90, 14))
        ]

    (claim,) = said(*lived("mine", rounds(0)), *lived("other", rounds(7)))
    assert named_in(claim, "go back to 4 places")
    assert claim.confidence is Confidence.TENTATIVE


def test_one_day_at_one_place_is_nothing() -> None:
    day = list(at(here(), *(10 + n / 10 for n in range(60)), days=range(1)))
    assert said(*lived("mine", day), *lived("other", day)) == []


LEVELS = [
    ("named", "pseudonymous", "general", Level.HIGH),
    ("named", "pseudonymous", "survivor", Level.CRITICAL),
    (None, "pseudonymous", "journalist", Level.CRITICAL),
    (None, "pseudonymous", "parent", Level.HIGH),
    ("pseudonymous", "pseudonymous", "survivor", Level.HIGH),
    ("named", "named", "survivor", Level.MEDIUM),
    (None, None, "survivor", Level.HIGH),
]


@pytest.mark.parametrize(("one", "other", "profile", "level"), LEVELS)
def test_how_grave_it_is_depends_on_the_names_they_are_under(
    one: str | None, other: str | None, profile: str, level: Level
) -> None:
    personas = {account: kind for account, kind in (("mine", one), ("other", other)) if kind}
    (claim,) = said(*both(number("lens-serial", "L-67842")), personas=personas, profile=profile)
    assert claim.level is level


def test_what_is_only_possible_is_never_critical() -> None:
    personas = {"mine": "named", "other": "pseudonymous"}
    (claim,) = said(*both(named("Quirina Zettelmoos", "owner")), personas=personas, profile="survivor")
    assert (claim.level, claim.confidence) == (Level.HIGH, Confidence.TENTATIVE)


def test_one_claim_for_each_two_accounts_with_all_its_evidence() -> None:
    facts = (number("lens-serial", "L-67842"), named("zettel_moos77", "creator"))
    photos = [
        photo("c", "1.jpg", *facts, look=LOOK),
        photo("a", "1.jpg", number("lens-serial", "L-67842")),
        photo("b", "1.jpg", *facts, look=LOOK ^ 5),
    ]
    found = said(*photos)
    assert [claim.message for claim in found] == [
        f"A stranger would guess that the account {one}. and the account {other}. are the same person's."
        for one, other in ("AB", "AC", "BC")
    ]
    assert len({claim.subject for claim in found}) == 3
    last = next(claim for claim in found if len(claim.why) == 3)
    assert named_in(last, "account B.", "account C.", "serial number", "same picture", "rare name")


def fixed(collection: Collection) -> CollectionFinding:
    claims = list(LINKED_ACCOUNTS.infer(collection))
    return next(f for f in planned(collection, claims, [LINKED_ACCOUNTS]) if f.rule == "linked-accounts")


def test_the_plan_cleans_the_smaller_account() -> None:
    large = [photo("mine", f"{n}.jpg", number("serial", "6784213"), taken(days=n)) for n in range(60)]
    small = [photo("other", f"{n}.jpg", number("serial", "6784213"), taken(days=n + 0.5)) for n in range(20)]
    finding = fixed(collected([*large, *small]))
    assert sorted(finding.fix) == sorted(each.name for each in small)
    assert finding.after == "the photos together say this no more."


def test_no_clean_copy_helps_against_a_picture_that_both_show() -> None:
    collection = collected([photo("mine", "a.jpg", look=LOOK), photo("other", "b.jpg", look=LOOK)])
    finding = fixed(collection)
    assert finding.fix == ()
    assert finding.after.startswith("take down, in one of the two, what both show: the same picture.")
    claims = list(LINKED_ACCOUNTS.infer(collection))
    assert "fix-first" not in {f.rule for f in planned(collection, claims * 2, [LINKED_ACCOUNTS])}


def test_what_is_cleaned_is_asked_no_more() -> None:
    collection = collected(both(number("serial", "6784213")))
    assert len(list(LINKED_ACCOUNTS.infer(collection))) == 1
    assert list(LINKED_ACCOUNTS.infer(collection.without([0]))) == []
    assert list(LINKED_ACCOUNTS.infer(collection.without([1]))) == []
    assert len(list(LINKED_ACCOUNTS.infer(collection))) == 1


def test_the_words_never_show_what_an_account_is_called() -> None:
    one, other = both(number("serial", "6784213"))
    photos = replace(one, account="flickr:Quirina"), replace(other, account="flickr:Zettel")
    (claim,) = said(*photos)
    assert "the account on Flickr and the other account on Flickr are the same person's" in claim.message
    assert "Quirina" not in repr(claim) and "Zettel" not in repr(claim)
    (claim,) = said(replace(one, account="Quirina Z"), replace(other, account="quiet"))
    assert "the account Q. Z. and the account Q." in claim.message
