"""The RDF/XML of an XMP packet: a graph of properties, gathered from its tags in the order they stand.

XMP part 1 (ISO 16684-1:2019), section 7, with RDF/XML read more widely where programs write it so. `Graph` is
told of tags, text and comments; `read_xml` tells it what expat, the XML parser of the standard library, sees.
Where a document is too damaged for that, `_soup` tells it what can still be recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.parsers import expat

from exposure.metadata._namespaces import (
    ITEM,
    PROPERTY,
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

ATTRIBUTE = re.compile(rb"([^\s=<>\"'/]+)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
"""One attribute."""

_XMP = Kind.XMP
_SYNTAX = frozenset({"about", "resource", "value", "parseType", "datatype", "ID", "nodeID", "bagID", "type"})
"""Attributes of RDF itself. Old writers leave their prefix out."""
_LISTS_ONLY = {"Regions": ("mwg-rs", "acdsee-rs"), "RegionInfo": ("MP",)}
"""Properties that do no more than wrap a list; they are left out of the path."""


class TooMuch(Exception):
    """The packet goes beyond a limit; ``str(error)`` says which."""


class _Open(NamedTuple):
    """An element whose end has not come yet."""

    tag: str
    path: str
    """Of the property that it is or lies in; "" at the top."""
    group: str
    at: int
    scope: dict[str, str]
    """The prefixes as they were outside."""


_OUTSIDE = _Open("", "", "", 0, {})


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
        self._open = [_OUTSIDE]
        self._items = [0]
        """How many items each open element has had so far, the outside first."""
        self._scope: dict[str, str] = {}
        """Prefixes of this document that are not the usual ones."""
        self._names: dict[str, Name] = {}

    def open(self, tag: str, attributes: Sequence[str], at: int, spans: Iterable[re.Match[bytes]]) -> None:
        """A start tag: its attributes as name, value, name, value…, and where each stands in the packet."""
        parent = self._open[-1]
        if text := self.text:
            if len(text) == 1 and text[0].isspace():  # as nearly always: looked for here, for speed
                text.clear()
            else:
                self._between(parent, at)
        self._left -= 1 + len(attributes) // 2
        if self._left < 0:
            raise TooMuch(TOO_MANY)
        if len(self._open) > DEEPEST:
            raise TooMuch(f"more than {DEEPEST} levels of elements inside each other")
        self.at, outer = at, self._scope
        if attributes:
            self._declare(attributes)
        prefix, name, sort = self._names.get(tag) or self._name(tag)
        _, path, group, _, _ = parent
        leaf = None
        if sort == PROPERTY:
            leaf = f"{path}/{name}" if path else name
            path = "" if name in _LISTS_ONLY and not path and prefix in _LISTS_ONLY[name] else leaf
            group = group or prefix
        elif sort == ITEM:
            path = leaf = path + self._index(parent, attributes)
        elif sort == VALUE:
            leaf = path or name
        if len(path) > LONGEST_PATH:
            raise TooMuch(f"a name of more than {LONGEST_PATH:,} characters")
        self._leaf = leaf
        self._open.append(_Open(tag, path, group, at, outer))
        self._items.append(0)
        if attributes:
            self._attributes(attributes, spans)

    def close(self, at: int, end: int) -> None:
        """The end tag of the innermost element, which stands from `at` to `end`."""
        closed = self._open.pop()
        self._items.pop()
        text = self.text
        if self._leaf is not None:
            value = "".join(text).strip() if text else ""
            text.clear()
            self._found(closed.group, self._leaf, value, closed.at, end - closed.at)
            self._leaf = None
        elif text:
            if len(text) == 1 and text[0].isspace():
                text.clear()
            else:
                self._between(closed, at)
        self.at = at
        if closed.scope is not self._scope:
            self._scope, self._names = closed.scope, {}

    def close_named(self, tag: str, at: int, end: int) -> None:
        """An end tag where tags may not match: it closes the innermost element of its name, if there is one."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
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

    def _attributes(self, attributes: Sequence[str], spans: Iterable[re.Match[bytes]]) -> None:
        """The properties among the attributes of the innermost element (7.9.2.2), as if they stood inside it."""
        _, path, group, _, _ = self._open[-1]
        names, inside = self._names, f"{path}/" if path else ""
        for name, value, span in zip(attributes[::2], attributes[1::2], spans, strict=False):
            prefix, local, _ = names.get(name) or self._name(name)
            if prefix == "xmlns" or prefix == "xml":
                continue
            at, end = span.span()
            if local in _SYNTAX and (prefix == "rdf" or not prefix):
                self._syntax(local, value, at, end - at)
            else:
                self._found(group or prefix, inside + local, value, at, end - at)
                self._leaf = None

    def _syntax(self, name: str, value: str, at: int, length: int) -> None:
        """An attribute of RDF itself (7.4, 7.8, 7.9.2)."""
        group, path = self._open[-1].group, self._open[-1].path
        if name in ("resource", "value") and path:
            self._found(group, self._leaf or path, value, at, length)
            self._leaf = None
        elif name == "parseType" and value == "Resource":
            self._leaf = None
        elif name == "about" and not path and value.strip() and value != self._about:
            self._about = value
            self._found("rdf", "about", value, at, length)

    def _index(self, parent: _Open, attributes: Sequence[str]) -> str:
        """What tells this item of an array from the others: its language in an rdf:Alt, otherwise its number."""
        self._items[-1] += 1
        if attributes and parent.tag.endswith("Alt"):
            language = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("xml:lang")
            if language:
                return f"[{language}]"
        return f"[{self._items[-1]}]"

    def _declare(self, attributes: Sequence[str]) -> None:
        """Take in namespace declarations; only prefixes that are not the usual ones are remembered."""
        changed: dict[str, str] = {}
        scope = self._scope
        for place, name in enumerate(attributes[::2]):
            if name[:5] == "xmlns" and name[5:6] in ("", ":"):
                prefix = name[6:]
                usual = usual_prefix(attributes[2 * place + 1]) or prefix or "unknown"
                if usual != (scope.get(prefix, prefix) if scope else prefix):
                    changed[prefix] = usual
        if changed:
            if len(self._scope) + len(changed) > MOST_PREFIXES:
                raise TooMuch(f"more than {MOST_PREFIXES} namespaces")
            self._scope, self._names = {**self._scope, **changed}, {}

    def _name(self, tag: str) -> Name:
        known = self._names[tag] = (
            name_in(self._scope, tag) if self._scope or len(tag) > 64 else usual_name(tag)
        )
        return known

    def _between(self, inside: _Open, until: int) -> None:
        """Text where XMP has none, such as beside child elements: kept, as a value of what it stands in."""
        value = "".join(self.text).strip()
        self.text.clear()
        if value:
            at = max(self.at, 0)
            self._found(inside.group or "x", inside.path or "text", value, at, until - at)

    def _found(self, group: str, name: str, value: str, at: int, length: int) -> None:
        if len(name) > LONGEST_PATH:
            raise TooMuch(f"a name of more than {LONGEST_PATH:,} characters")
        self.fields.append(
            Field(_XMP, group or "unknown", name, value, self._window, self._base + at, length)
        )


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
    find, starts, ends = packet.find, graph.open, graph.close

    def start(tag: str, attributes: list[str]) -> None:
        at = parser.CurrentByteIndex
        inside = at + 1 + (len(tag) if tag.isascii() else len(tag.encode()))
        starts(tag, attributes, at, ATTRIBUTE.finditer(packet, inside) if attributes else ())

    def end(_: str) -> None:
        at = parser.CurrentByteIndex
        ends(at, find(b">", at) + 1)

    def comment(words: str) -> None:
        at = parser.CurrentByteIndex
        graph.comment(words, at, find(b"-->", at) + 3)

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
