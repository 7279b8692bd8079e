"""The RDF/XML of an XMP packet: a graph of properties, gathered from its tags in the order they stand.

XMP part 1 (ISO 16684-1:2019), section 7, with RDF/XML read more widely where programs write it so. `Graph` is
told of tags, text and comments; `read_xml` tells it what expat, the XML parser of the standard library, sees.
Where a document is too damaged for that, `_soup` tells it what can still be recognised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from xml.parsers import expat

from exposure.metadata._namespaces import (
    ITEM,
    LIST_ONLY,
    PROPERTY,
    USUAL_DECLARATIONS,
    VALUE,
    Name,
    name_in,
    usual_name,
    usual_prefix,
)
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

_LONG_NAME = f"a name of more than {LONGEST_PATH:,} characters"

ATTRIBUTE = re.compile(rb"([^\s=<>\"'/]+)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
"""One attribute."""

_LONGEST_USUAL = 64
"""Names are remembered from one packet to the next; only those of so many characters, to bound what that takes."""

_XMP = Kind.XMP
_SYNTAX = frozenset({"about", "resource", "value", "parseType", "datatype", "ID", "nodeID", "bagID", "type"})
"""Attributes of RDF itself. Old writers leave their prefix out."""

_field = tuple.__new__
"""Makes a Field of its eight values three times as fast as Field(...) does: a packet has hundreds."""


class TooMuch(Exception):
    """The packet goes beyond a limit; ``str(error)`` says which."""


_Open = tuple[str, str, str, int, dict[str, str]]
"""An element whose end has not come yet: its tag; path and group of the property that it is or lies in, both "" at the
top; where it begins; and the prefixes as they were outside."""

_OUTSIDE: _Open = ("", "", "", 0, {})


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
        self._items = [0]
        """How many items each open element has had so far, the outside first."""
        self._scope: dict[str, str] = {}
        """Prefixes of this document that are not the usual ones."""
        self._names: dict[str, Name] = {}

    def open(
        self, tag: str, attributes: Sequence[str], at: int, spans: Sequence[tuple[int, int]] | None = None
    ) -> None:
        """A start tag: its attributes as name, value, name, value…, and where each begins and ends in the packet;
        without that, it is found when it is needed."""
        tags, text = self._open, self.text
        _, path, group, _, _ = parent = tags[-1]
        if text:
            if len(text) == 1 and text[0].isspace():  # as nearly always: looked for here, for speed
                text.clear()
            else:
                self._between(parent, at)
        self._left -= 1 + len(attributes) // 2
        if self._left < 0:
            raise TooMuch(TOO_MANY)
        if len(tags) > DEEPEST:
            raise TooMuch(f"more than {DEEPEST} levels of elements inside each other")
        self.at, outer = at, self._scope
        others = self._declare(attributes) if attributes else None
        plain = not self._scope and len(tag) <= _LONGEST_USUAL
        prefix, name, sort = usual_name(tag) if plain else self._name(tag)
        leaf = None
        if sort == PROPERTY:
            path = leaf = f"{path}/{name}" if path else name
            group = group or prefix
        elif sort == ITEM:
            path = leaf = path + self._index(parent[0], attributes)
        elif sort == VALUE:
            leaf = path or name
        elif sort == LIST_ONLY:
            leaf = f"{path}/{name}" if path else name
            path = path and leaf
            group = group or prefix
        if leaf is not None and len(leaf) > LONGEST_PATH:
            raise TooMuch(_LONG_NAME)
        self._leaf = leaf
        tags.append((tag, path, group, at, outer))
        self._items.append(0)
        if others:
            self._attributes(attributes, others, spans)

    def close(self, at: int, end: int = 0) -> None:
        """The end tag of the innermost element, which stands from `at` to `end`; to the next ``>`` without an end."""
        closed = self._open.pop()
        self._items.pop()
        text, leaf = self.text, self._leaf
        if leaf is not None:
            value = ""
            if text:
                value = "".join(text).strip()
                text.clear()
            _, _, group, start, _ = closed
            length = (end or self.packet.find(b">", at) + 1) - start
            whole = (_XMP, group or "unknown", leaf, value, self._window, self._base + start, length, "")
            self.fields.append(_field(Field, whole))
            self._leaf = None
        elif text:
            if len(text) == 1 and text[0].isspace():
                text.clear()
            else:
                self._between(closed, at)
        self.at = at
        if closed[4] is not self._scope:
            self._scope, self._names = closed[4], {}

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

    def end(self) -> None:
        """The packet breaks off here: what is still open ends with it."""
        end = len(self.packet)
        while len(self._open) > 1:
            self.close(end, end)
        if self.text:
            self._between(_OUTSIDE, end)

    def resume(self) -> None:
        """Begin a second reading, from the tag at `at`, with fresh limits."""
        self._left = MOST_PROPERTIES
        self.text.clear()

    @property
    def exhausted(self) -> bool:
        """Whether nothing more will be taken in."""
        return self._left < 0

    def _declare(self, attributes: Sequence[str]) -> list[int]:
        """Take in the namespace declarations among attributes; the places of the others that mean something."""
        others: list[int] = []
        changed: dict[str, str] = {}
        scope = self._scope
        for place in range(0, len(attributes), 2):
            name = attributes[place]
            if name[:3] != "xml":
                others.append(place)
            elif name[:6] == "xmlns:" or name == "xmlns":
                uri = attributes[place + 1]
                if scope or (name, uri) not in USUAL_DECLARATIONS:
                    prefix = name[6:]
                    usual = usual_prefix(uri) or prefix or "unknown"
                    if usual != (scope.get(prefix, prefix) if scope else prefix):
                        changed[prefix] = usual
            elif name != "xml:lang":
                others.append(place)
        if changed:
            if len(scope) + len(changed) > MOST_PREFIXES:
                raise TooMuch(f"more than {MOST_PREFIXES} namespaces")
            self._scope, self._names = {**scope, **changed}, {}
        return others

    def _attributes(
        self, attributes: Sequence[str], places: list[int], spans: Sequence[tuple[int, int]] | None
    ) -> None:
        """The properties among the attributes of the innermost element (7.9.2.2), as if they stood inside it."""
        tag, path, group, at, _ = self._open[-1]
        inside, plain = f"{path}/" if path else "", not self._scope
        fields, window, base = self.fields, self._window, self._base
        for place in places:
            name = attributes[place]
            usual = plain and len(name) <= _LONGEST_USUAL
            prefix, local, _ = usual_name(name) if usual else self._name(name)
            if prefix == "xmlns" or prefix == "xml":
                continue
            owner = group or prefix or "unknown"
            if local in _SYNTAX and (prefix == "rdf" or not prefix):
                said = self._syntax(local, attributes[place + 1])
                if said is None:
                    continue
                owner, local = said
            elif inside:
                local = inside + local
            if len(local) > LONGEST_PATH:
                raise TooMuch(_LONG_NAME)
            if spans is None:
                spans = _spans(self.packet, at + 1 + len(tag.encode()), attributes)
            start, end = spans[place >> 1]
            row = (_XMP, owner, local, attributes[place + 1], window, base + start, end - start, "")
            fields.append(_field(Field, row))
            self._leaf = None

    def _syntax(self, name: str, value: str) -> tuple[str, str] | None:
        """What an attribute of RDF itself says (7.4, 7.8, 7.9.2): group and name of a property, or nothing."""
        _, path, group, _, _ = self._open[-1]
        if name in ("resource", "value") and path:
            return group or "unknown", self._leaf or path
        if name == "parseType" and value == "Resource":
            self._leaf = None
        elif name == "about" and not path and value != self._about and value.strip():
            self._about = value
            return "rdf", "about"
        return None

    def _index(self, parent: str, attributes: Sequence[str]) -> str:
        """What tells this item of an array from the others: its language in an rdf:Alt, otherwise its number."""
        self._items[-1] += 1
        if attributes and parent.endswith("Alt") and "xml:lang" in attributes[::2]:
            language = attributes[2 * attributes[::2].index("xml:lang") + 1]
            if language:
                return f"[{language}]"
        return f"[{self._items[-1]}]"

    def _name(self, tag: str) -> Name:
        """A name that is long, or stands in a document with unusual prefixes."""
        known = self._names.get(tag)
        if known is None:
            known = self._names[tag] = name_in(self._scope, tag)
        return known

    def _between(self, inside: _Open, until: int) -> None:
        """Text where XMP has none, such as beside child elements: kept, as a value of what it stands in."""
        value = "".join(self.text).strip()
        self.text.clear()
        if value:
            _, path, group, _, _ = inside
            at = max(self.at, 0)
            self._found(group or "x", path or "text", value, at, until - at)

    def _found(self, group: str, name: str, value: str, at: int, length: int) -> None:
        self.fields.append(Field(_XMP, group, name, value, self._window, self._base + at, length))


def _spans(packet: bytes, inside: int, attributes: Sequence[str]) -> list[tuple[int, int]]:
    """Where each attribute of a tag begins and ends; `inside` is where the tag's name ends.

    Nearly every tag is written in one way, with the same quotes and the same blanks before each attribute but the
    first, and without references: then lengths tell, several times as fast as a pattern.
    """
    found: list[tuple[int, int]] = []
    names, values, end, gap, quote = attributes[::2], attributes[1::2], inside, 0, b""
    for place, name in enumerate(names):
        if place < 2:
            gap = packet.find(name.encode(), end) - end
        start = end + gap
        end = start + len(name) + len(values[place]) + 3
        quote = quote or packet[start + len(name) + 1 : start + len(name) + 2]
        if packet[end - 1 : end] != quote:
            break
        found.append((start, end))
    else:
        if packet.startswith(names[-1].encode() + b"=" + quote, found[-1][0]):
            return found
    found = [a.span() for a in islice(ATTRIBUTE.finditer(packet, inside), len(names))]
    return found + [(inside, inside)] * (len(names) - len(found))


def read_xml(graph: Graph) -> str | None:
    """Read the packet as XML; why it stopped before the end, or None.

    The packet must not declare entities: that is looked for before (`xmp`), since a parser can be stopped by
    them only after they have begun to cost.
    """
    packet = graph.packet
    if packet.count(b"=") > 2 * MOST_PROPERTIES:  # expat hands over the attributes of an element all at once
        return f"has {TOO_MANY}"
    parser = expat.ParserCreate("UTF-8")  # whatever the document says of itself: it was made UTF-8 before
    parser.buffer_text = parser.ordered_attributes = True
    opens, closes = graph.open, graph.close

    def start(tag: str, attributes: list[str]) -> None:
        opens(tag, attributes, parser.CurrentByteIndex)

    def end(_: str) -> None:
        closes(parser.CurrentByteIndex)

    def comment(words: str) -> None:
        at = parser.CurrentByteIndex
        graph.comment(words, at, packet.find(b"-->", at) + 3)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.CommentHandler = graph.text.append, comment
    try:
        parser.Parse(packet, True)
    except TooMuch as reason:
        return f"has {reason}"
    except expat.ExpatError:
        return "is damaged"
    finally:  # the parser and its handlers hold each other, and a packet may be large
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.CommentHandler = None
    return None
