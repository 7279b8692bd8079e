from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from exposure.names import Names

letters = st.text(st.characters(codec=None) | st.sampled_from("/\\.aé\udcff"))


@given(st.lists(letters))
def test_names_come_back_as_they_were(some: list[str]) -> None:
    names = Names(some)
    assert list(names) == some and len(names) == len(some)
    assert [names[n] for n in range(-len(some), len(some))] == some * 2
    assert names[1:-1] == some[1:-1]


def test_a_name_takes_little_more_than_its_letters() -> None:
    names = Names(f"/home/sam/Pictures/Holidays/IMG_{n:06}.jpg" for n in range(10_000))
    parts = (names._words, names._ends, names._folder, names._folders, names._known)
    assert sum(map(sys.getsizeof, parts)) < 10_000 * (len("IMG_000000.jpg") + 20)
