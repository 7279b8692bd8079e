"""The graph of properties that an XMP packet describes, gathered from its tags in the order they stand.

XMP part 1 (ISO 16684-1:2019), section 7, with RDF/XML read more widely where programs write it so. `Graph` is told
of tags, text and comments by `_rdf` where the packet is sound, and by `_soup` where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from exposure.metadata._namespaces import ITEM, USUAL_DECLARATIONS, attribute_in, element_in, usual_prefix
from exposure.model import Field, Kind
from exposure.source import Window

DEEPEST = 64
"""Elements inside each other. Real packets stay under 20."""

MOST_PROPERTIES = 50_000
"""Elements, attributes and comments in one packet, counted together."""

TOO_MANY = f"more than {MOST_PROPERTIES:,} elements and attributes"

MOST_PREFIXES = 256
"""Namespaces with unusual prefixes that are declared at one time."""

LONGEST_PATH = 1_024
"""Characters in the path of a property."""

_SPAN = re.compile(rb"[^ \t\r\n=]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""One attribute of a tag that is sound."""

_WRAPPER = re.compile(
    r"xpacket\s*(?:begin=(['\"])[^'\"]{0,6}\1 id=(['\"])[A-Za-z0-9]{24}\2(?: bytes=['\"]\d{0,9}['\"])?(?: encoding=['\"][\w-]{0,10}['\"])?"
    r"|end=['\"][rw]['\"])?\s*|adobe-xap-filters esc=\"\w{0,4}\"\s*|xml .*",
    re.DOTALL,
)
_LONG_NAME = f"a name of more than {LONGEST_PATH:,} characters"
_XMP = Kind.XMP
_new = tuple.__new__
"""Makes a Field of its eight values three times as fast as Field(...): a packet has dozens, some have hundreds."""

Span = tuple[int, int]
"""Where something begins and ends in the packet."""

_Open = tuple[str, str, str, int, dict[str, str]]
"""An element whose end has not come yet: its tag; path and group of the property that it is or lies in, both "" at the
top; where it begins; and the prefixes as they were outside."""

_OUTSIDE: _Open = ("", "", "", -1, {})


class TooMuch(Exception):
    """The packet goes beyond a limit; ``str(error)`` says which."""


class Graph:
    """The properties of one packet while it is read. Not frozen: it is the one place that changes as a parser goes on.

    `packet` is UTF-8; `at` in every call is a byte position in it.
    """

    __slots__ = (
        "_about", "_base", "_items", "_leaf", "_left", "_names", "_noted", "_open", "_scope", "_window",
        "at", "fields", "packet", "text",
    )  # fmt: skip

    def __init__(self, packet: bytes, window: Window, base: int) -> None:
        """`base` is where in `window` the packet begins."""
        self.packet, self._window, self._base = packet, window, base
        self.fields: list[Field] = []
        self.text: list[str] = []
        """What stood between the last tag and here."""
        self.at = -1
        """Where the last tag that was taken in begins; -1 before the first."""
        self._about, self._noted = "", -1
        self._left = MOST_PROPERTIES
        self._leaf: str | None = None
        """The name of the property that the last tag opened, as long as only text has followed."""
        self._open: list[_Open] = [_OUTSIDE]
        self._items: dict[int, int] = {}
        """How many items each element has had so far, by where it begins."""
        self._scope: dict[str, str] = {}
        """Prefixes of this document that are not the usual ones."""
        self._names: dict[str, str] = {}

    def open(self, tag: str, attributes: Sequence[str], at: int, spans: Sequence[Span] | None = None) -> None:
        """A start tag: its attributes as name, value, name, value… and where each stands, unless that is to be found."""
        tags, text, outer = self._open, self.text, self._scope
        above, path, group, start, _ = tags[-1]
        if text:
            if len(text) == 1 and text[0].isspace():  # as nearly always: looked for here, for speed
                text.clear()
            else:
                self._between(path, group, at)
        self._left -= 1 + (len(attributes) >> 1)
        if self._left < 0:
            raise TooMuch(TOO_MANY)
        if len(tags) > DEEPEST:
            raise TooMuch(f"more than {DEEPEST} levels of elements inside each other")
        self.at = at
        places = self._declare(attributes) if attributes else None
        usual = self._usual(tag) if self._scope or len(tag) > LONGEST_PATH else tag
        sort, path, group, leaf = element_in(usual, path, group)
        if sort == ITEM:
            path = leaf = path + self._index(above, start, attributes)
        if leaf is not None and len(leaf) > LONGEST_PATH:
            raise TooMuch(_LONG_NAME)
        self._leaf = leaf
        tags.append((tag, path, group, at, outer))
        if places:
            self._attributes(attributes, places, spans)

    def close(self, at: int, end: int = 0) -> None:
        """The end tag of the innermost element, which stands from `at` to `end`; to the next ``>`` without an end."""
        _, path, group, start, scope = self._open.pop()
        leaf, text = self._leaf, self.text
        if leaf is not None:
            value = "".join(text).strip() if text else ""
            length = (end or self.packet.find(b">", at) + 1 or len(self.packet)) - start
            row = (_XMP, group or "unknown", leaf, value, self._window, self._base + start, length, "")
            self.fields.append(_new(Field, row))
            self._leaf = None
            text.clear()
        elif text:
            if len(text) == 1 and text[0].isspace():
                text.clear()
            else:
                self._between(path, group, at)
        self.at = at
        if scope is not self._scope:
            self._scope, self._names = scope, {}

    def close_named(self, tag: str, at: int, end: int) -> None:
        """An end tag where tags may not match: it closes the innermost element of its name, if there is one."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                while len(self._open) > depth:
                    self.close(at, end)
                return

    def comment(self, words: str, at: int, end: int) -> None:
        """An XML comment: no program shows it, so it is kept as a field of its own."""
        self._left -= 1
        if self._left < 0:
            raise TooMuch(TOO_MANY)
        if at > self._noted and words.strip():
            self._noted = at
            self._found("xml", "comment", words.strip(), at, end - at)

    def instruction(self, words: str, at: int, end: int) -> None:
        """A processing instruction: kept like a comment, unless it is the packet's own wrapper (7.3.2)."""
        if _WRAPPER.fullmatch(words) is None:
            self._left -= 1
            if self._left < 0:
                raise TooMuch(TOO_MANY)
            if at > self._noted and words.strip():
                self._noted = at
                self._found("xml", "instruction", words.strip(), at, end - at)

    def end(self) -> None:
        """The packet breaks off here: what is still open ends with it."""
        end = len(self.packet)
        while len(self._open) > 1:
            self.close(end, end)
        if self.text:
            self._between("", "", end)

    def resume(self) -> None:
        """Begin a second reading, from the tag at `at`, with fresh limits."""
        self._left = MOST_PROPERTIES
        self.text.clear()

    @property
    def exhausted(self) -> bool:
        """Whether nothing more will be taken in."""
        return self._left < 0

    def _declare(self, attributes: Sequence[str]) -> list[int]:
        """Take in the namespace declarations among attributes; the places of the others that may mean something."""
        others: list[int] = []
        changed: dict[str, str] = {}
        scope = self._scope
        for place in range(0, len(attributes), 2):
            name = attributes[place]
            if name[:3] != "xml":
                others.append(place)
            elif name[3:6] == "ns:" or name == "xmlns":
                uri = attributes[place + 1]
                if scope or (name, uri) not in USUAL_DECLARATIONS:
                    prefix = name[6:]
                    usual = usual_prefix(uri) or prefix or "unknown"
                    if usual != (scope.get(prefix, prefix) if scope else prefix):
                        changed[prefix] = usual
            elif name[3:4] != ":":
                others.append(place)
        if changed:
            if len(scope) + len(changed) > MOST_PREFIXES:
                raise TooMuch(f"more than {MOST_PREFIXES} namespaces")
            self._scope, self._names = {**scope, **changed}, {}
        return others

    def _attributes(self, attributes: Sequence[str], places: list[int], spans: Sequence[Span] | None) -> None:
        """The properties among the attributes of the innermost element (7.9.2.2), as if they stood inside it."""
        tag, path, group, at, _ = self._open[-1]
        scope, window, base, keep = self._scope, self._window, self._base, self.fields.append
        for place in places:
            name, value = attributes[place], attributes[place + 1]
            usual = self._usual(name) if scope or len(name) > LONGEST_PATH else name
            owner, local = attribute_in(usual, path, group)
            if not owner:  # an attribute of RDF itself
                owner, local = self._syntax(local, value, path, group)
                if not owner:
                    continue
            if spans is None:
                inside = at + 1 + (len(tag) if tag.isascii() else len(tag.encode()))
                found = islice(_SPAN.finditer(self.packet, inside), len(attributes) >> 1)
                spans = [each.span() for each in found]
            if len(local) > LONGEST_PATH:
                raise TooMuch(_LONG_NAME)
            start, end = spans[place >> 1]
            keep(_new(Field, (_XMP, owner, local, value, window, base + start, end - start, "")))
            self._leaf = None

    def _syntax(self, name: str, value: str, path: str, group: str) -> tuple[str, str]:
        """Group and name of the property that an attribute of RDF itself gives (7.4, 7.8, 7.9.2); no group for none."""
        if name in ("resource", "value") and path:
            return group or "unknown", self._leaf or path
        if name == "parseType" and value == "Resource":
            self._leaf = None
        elif name == "about" and not path and value != self._about and value.strip():
            self._about = value
            return "rdf", "about"
        return "", ""

    def _index(self, parent: str, start: int, attributes: Sequence[str]) -> str:
        """What tells this item of an array from the others: its language in an rdf:Alt, otherwise its number."""
        number = self._items[start] = self._items.get(start, 0) + 1
        if attributes and parent.endswith("Alt") and "xml:lang" in (names := attributes[::2]):
            return f"[{attributes[2 * names.index('xml:lang') + 1] or number}]"
        return f"[{number}]"

    def _usual(self, name: str) -> str:
        """A name with the usual prefix, where the document has others; TooMuch when it is too long."""
        if len(name) > LONGEST_PATH:
            raise TooMuch(_LONG_NAME)
        usual = self._names.get(name)
        if usual is None:
            prefix, _, local = name.partition(":")
            if not local:
                prefix, local = "", name
            meant = self._scope.get(prefix, prefix)
            usual = self._names[name] = f"{meant}:{local}" if meant else local
        return usual

    def _between(self, path: str, group: str, until: int) -> None:
        """Text where XMP has none, such as beside child elements: kept, as a value of what it stands in."""
        value = "".join(self.text).strip()
        self.text.clear()
        if value:
            at = max(self.at, 0)
            self._found(group or "x", path or "text", value, at, until - at)

    def _found(self, group: str, name: str, value: str, at: int, length: int) -> None:
        self.fields.append(Field(_XMP, group, name, value, self._window, self._base + at, length))
