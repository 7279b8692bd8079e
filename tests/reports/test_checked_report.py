"""What check says: each new thing with what helps, and a sum that never sounds safer than it is."""

from __future__ import annotations

import io
from collections import Counter

from exposure.checking import Checked, New
from exposure.model import Level
from exposure.reports._checked import News
from tests.make.examinations import broken, examination, finding, home


def said(news: str) -> str:
    return " ".join(news.split())


def summed(checked: Checked, least: str = "high", baseline: str | None = None) -> str:
    out = io.StringIO()
    News(out, ["photos"]).end(checked, least, "exposure check photos", baseline)
    return said(out.getvalue())


def together(*new: New) -> str:
    out = io.StringIO()
    News(out, ["photos"]).together(new)
    return out.getvalue()


def test_photos_without_news_are_not_named() -> None:
    out = io.StringIO()
    News(out, ["photos"]).photo(examination("beach.jpg"), False)
    assert out.getvalue() == ""


def test_the_worst_comes_first_and_one_command_mends_all() -> None:
    out = io.StringIO()
    found = (
        finding("date-in-name", Level.LOW, command="clean --rename"),
        finding("gps-position", Level.MEDIUM, gate=Level.CRITICAL),
    )
    News(out, ["photos"]).photo(examination("beach.jpg", *found), False)
    shown = out.getvalue()
    assert shown.index("CRITICAL") < shown.index("LOW") and "MEDIUM" not in shown
    assert shown.count("exposure clean") == 1
    assert "exposure clean --rename beach.jpg --to clean-copies" in shown


def test_where_no_command_helps_it_says_what_does() -> None:
    out = io.StringIO()
    News(out, ["photos"]).photo(examination("a.xmp", finding(command="", remedy="Leave it out.")), False)
    assert "Leave it out." in out.getvalue() and "exposure clean" not in out.getvalue()


def test_a_gap_says_why() -> None:
    out = io.StringIO()
    News(out, ["photos"]).photo(broken("a.jpg", "the file was cut \x1b[31mshort"), True)
    assert "Could not be examined: the file was cut \\x1b[31mshort" in said(out.getvalue())


def test_what_completes_a_claim_is_what_is_to_be_cleaned() -> None:
    shown = together(New(home(), ("c.jpg",)))
    assert "With c.jpg these photos now tell this; without it they would not:" in said(shown)
    assert "exposure clean c.jpg --to clean-copies" in shown
    assert "without them they would not" in said(together(New(home(), ("c.jpg", "d.jpg"))))


def test_otherwise_it_is_what_the_plan_says_without_any_place() -> None:
    shown = together(New(home(), ()))
    assert "Many photos together" in shown and "CRITICAL  Where you live (likely)" in shown
    assert "exposure clean a.jpg b.jpg c.jpg --to clean-copies" in shown
    assert "48.1" not in shown and "Munich" not in shown


def test_photos_too_many_to_name_are_cleaned_by_the_folder() -> None:
    photos = tuple(f"holiday-{n:04}.jpg" for n in range(200))
    shown = together(New(home(fix=photos), ()))
    assert "these 200 photos: holiday-0000.jpg, holiday-0001.jpg, holiday-0002.jpg and 197 more" in said(
        shown
    )
    assert "exposure clean photos --to" in shown
    assert "exposure clean photos --to" in together(New(home(fix=()), ()))


def test_names_from_files_cannot_reach_the_terminal_raw() -> None:
    out = io.StringIO()
    name = "\x1b[31m\n\u202e\udcff.jpg"
    news = News(out, [name])
    news.photo(examination(name, finding(message=name, remedy=name, command="")), True)
    news.together([New(home(message=name, fix=(name,)), (name,))])
    news.end(Checked(taken=Counter({(Level.HIGH, name): 1})), "high", "exposure check", name)
    assert not {"\x1b", "\u202e", "\udcff"} & set(out.getvalue())


def test_the_sum_says_what_was_not_looked_at() -> None:
    assert "Nothing new at or above high in 3 photos, 2 accepted. That does not mean safe." in summed(
        Checked(photos=3, accepted=2)
    )
    gaps = summed(Checked(photos=3, unread=1, unread_accepted=2, unread_beside=3))
    assert "1 file could not be examined, or only in part: see above." in gaps
    assert "2 files could not be examined, or only in part, which was accepted." in gaps
    assert "3 files of --with could not be examined" in gaps
    assert "2 new findings in 3 photos, 1 accepted before." in summed(Checked(photos=3, new=2, accepted=1))


def test_an_update_says_what_it_accepts_and_drops() -> None:
    taken = Counter({(Level.HIGH, "gps-position"): 2, (Level.CRITICAL, "likely-home"): 1})
    shown = summed(Checked(photos=3, accepted=4, gone=1, taken=taken), baseline="b.json")
    assert "Accepted from now on: 3 more findings. CRITICAL Where you live (1) HIGH Exact place (2)" in shown
    assert "Dropped, because gone: 1 finding. 4 findings in all." in shown and shown.endswith("b.json")
    assert summed(Checked(photos=3), baseline="b.json").startswith("Nothing more is accepted.")
    left = summed(Checked(photos=3, new=1, taken=taken), baseline="b.json")
    assert left.startswith("1 new finding in 3 photos.")  # of a file that could not be read again
