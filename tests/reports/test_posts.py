"""Posts as reports show them: masked where due, sorted by urgency, and never a link that is none."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure.model import Level, Text
from exposure.plugins import Writer, discover
from exposure.post import ACTIONS, STATUSES, TIERS, VISIBILITIES, Link, Visibility
from exposure.reports._held import Flow, Ranked
from exposure.reports._posts import ACTIONS as IN_WORDS
from exposure.reports._posts import GROUPS, SEEN_BY, card, group, is_web, name, rank
from exposure.reports._posts import TIERS as TIERS_IN_WORDS
from exposure.ticks import mark
from tests.make.examinations import heading
from tests.make.posts import CAPTION, home_words, judged, many, post


def test_everything_that_a_post_can_be_has_words() -> None:
    assert set(SEEN_BY) == set(VISIBILITIES)
    assert set(TIERS_IN_WORDS) == set(TIERS)
    assert set(IN_WORDS) == set(ACTIONS)


class TestName:
    @pytest.mark.parametrize("id", ["51000000001", "abc123", "3kabc-xyz.2", "AF1Qip_x"])
    def test_a_plain_id_stays(self, id: str) -> None:
        assert name(post(id)) == f"flickr:{id}"

    @pytest.mark.parametrize(
        "id",
        [
            "https://m.example/users/sam/1",
            "a b",
            "",
            "\x1b[2J",
            "x" * 81,
            "../x",
            "$(rm)",
            "annaschmidt.77",
            "ä",
        ],
    )
    def test_anything_else_is_its_mark(self, id: str) -> None:
        assert name(post(id)) == f"flickr:_{mark(f'flickr:{id}')}"


class TestMasking:
    def test_a_caption_is_how_long_it_is_and_a_link_is_left_out(self) -> None:
        told = judged(post("1", Text("caption", "Our new flat,\nsecond floor", CAPTION)), home_words())
        masked, full = card(told, False), card(told, True)
        assert (masked.caption, masked.caption_masked, masked.link, masked.tier) == (
            "26 characters",
            True,
            "",
            "exact",
        )
        assert (full.caption, full.caption_masked) == ("Our new flat, second floor", False)
        assert full.link == "https://www.flickr.com/photos/annaschmidt/1/" and full.is_web

    @pytest.mark.parametrize(
        ("evidence", "shown"),
        [
            ('privacy="public"', 'privacy="public"'),
            ("", ""),
            ('to="https://m.example/users/sam/followers"', "to (masked)"),
            ("cc=@sam@m.example", "cc (masked)"),
            ("owner annaschmidt", "owner (masked)"),
            ('access="Anna Schmidt and Ben"', "access (masked)"),
            ('WhoCanView="Only me"', 'WhoCanView="Only me"'),
            ("chat 1000000001: public_channel", "chat (masked)"),
        ],
    )
    def test_evidence_tells_no_account(self, evidence: str, shown: str) -> None:
        told = judged(post(visibility=Visibility("public", evidence)))
        assert card(told, False).evidence == shown
        assert card(told, True).evidence == evidence


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ({}, "todo"),
        ({"action": "cannot-tell"}, "look"),
        ({"action": "leave"}, "leave"),
        ({"status": "deleted"}, "gone"),
        ({"status": "archived"}, "gone"),
        ({"status": "archived", "visibility": Visibility(), "action": "cannot-tell"}, "look"),
        ({"status": "expired"}, "gone"),
        ({"status": "expired", "action": "cannot-tell"}, "look"),
        ({"visibility": Visibility("private", "x"), "action": "leave"}, "gone"),
        ({"visibility": Visibility("private", "x"), "action": "delete"}, "todo"),
        ({"own": False}, "other"),
        ({"own": False, "status": "deleted"}, "other"),
        ({"own": False, "is_done": True}, "done"),
    ],
)
def test_what_is_to_do(words: dict[str, object], where: str) -> None:
    of_post = {k: v for k, v in words.items() if k not in ("action", "is_done")}
    rest = {k: v for k, v in words.items() if k in ("action", "is_done")}
    assert group(judged(post(**of_post), home_words(), **rest)) == where in GROUPS  # type: ignore[arg-type]


def test_what_is_open_comes_first_by_weight_then_by_effort() -> None:
    public, unknown = post("1"), post("2", visibility=Visibility())
    ordered = [
        judged(public, home_words(Level.CRITICAL), action="setting"),
        judged(public, home_words(Level.CRITICAL), action="delete"),
        judged(unknown, home_words(Level.CRITICAL), action="setting"),
        judged(unknown, home_words(Level.CRITICAL), action="cannot-tell"),
        judged(public, home_words(Level.HIGH), action="setting"),
        judged(unknown, home_words(Level.HIGH), action="cannot-tell"),
        judged(public, home_words(Level.MEDIUM), action="setting"),
        judged(public, action="delete"),
        judged(post(status="deleted"), home_words(Level.CRITICAL)),
        judged(post(own=False), home_words(Level.CRITICAL)),
        judged(public),
        judged(public, home_words(Level.CRITICAL), is_done=True),
    ]
    ranks = [rank(each) for each in ordered]
    assert ranks == sorted(ranks) and len(set(ranks)) == len(ranks)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_group(status: str) -> None:
    assert group(judged(post(status=status))) in GROUPS


class TestLink:
    @pytest.mark.parametrize(
        "link",
        [
            "https://www.flickr.com/photos/sam/51/",
            "https://m.example:8080/@sam/1?a=b#c",
            "https://x.com/sam/status/1",
        ],
    )
    def test_addresses_of_the_web(self, link: str) -> None:
        assert is_web(link)

    @pytest.mark.parametrize(
        "link",
        [
            "http://a.example/",
            "HTTPS://a.example/",
            "https://",
            "https:///a",
            "https://user@a.example/",
            "https://a.example/\n",
            "https://a.example/ b",
            "https://a.example/ä",
            "https://ä.example/",
            "https://a.example\\@b.example/",
            "javascript:alert(1)//https://a.example/",
            "https://a.example/" + "x" * 2_000,
        ],
    )
    def test_nothing_else_is_one(self, link: str) -> None:
        assert not is_web(link)
        assert not card(judged(post(link=Link(link, "exact"))), True).is_web


class _Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


class TestHeld:
    @given(st.lists(st.text(st.characters(max_codepoint=127))))
    def test_what_flows_in_flows_out(self, texts: list[str]) -> None:
        flow = Flow()
        for text in texts:
            flow.add(text)
        assert "".join(flow.pieces()) == "".join(texts)

    @given(st.lists(st.tuples(st.integers(0, 3), st.text(st.characters(codec="utf-8")))))
    def test_what_is_ranked_comes_back_in_order(self, texts: list[tuple[int, str]]) -> None:
        ranked = Ranked("alike")
        for at, text in texts:
            ranked.add((at,), text)
        assert len(ranked) == len(texts)
        assert list(ranked.sorted()) == [text for _, text in sorted(texts, key=lambda each: each[0])]

    def test_posts_take_little_room(self) -> None:
        """100,000 posts stay under 60 MB, so 1,500 stay under 0.9."""
        posts = list(many(1_500))
        for writer in discover("reports", Writer):
            writing = writer.begin(_Nowhere(), heading(reveal=True))
            writing.post(posts[0])
            tracemalloc.start()
            for each in posts[1:]:
                writing.post(each)
            used, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert used < 900_000, writer.name


def test_profiles_of_two_accounts_are_ticked_off_apart() -> None:
    one, other = post("profile", account="anna"), post("profile", account="ben")
    assert name(one) != name(other) and "anna" not in name(one)
    assert name(post("profile", account="")) == "flickr:profile"
    assert mark(one.key) != mark(other.key)
