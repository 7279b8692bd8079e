"""What can still be recognised in an XMP packet that is not well-formed XML: its tags, one after another.

Nothing is repaired. Tags need not match, attributes count while they are readable, entities other than the five
of XML are left as they stand. Every byte is looked at a fixed number of times at most.
"""

from __future__ import annotations

import re
from contextlib import suppress

from exposure.metadata._graph import MOST_PROPERTIES, Graph, TooMuch

MOST_TAGS = 200_000
"""Start and end tags, comments and the like that are looked at in one packet."""

_ATTRIBUTE = re.compile(rb"([^\s=<>\"'/]+)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_TAG = re.compile(rb"<(/?)([^\s<>/=\"']+)")
_BLANK = re.compile(rb"\s+")
_REST = re.compile(rb"[^<>]*>?")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_SKIPPED = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"), (b"<!", b">"))


def read_tags(graph: Graph) -> None:
    """Go on after the last tag that the graph has taken in, to the end of the packet."""
    packet = graph.packet
    graph.resume()
    unclosed: set[bytes] = set()
    last = None if graph.at < 0 else _TAG.match(packet, graph.at)
    at = _extent(packet, last)[1] if last else 0
    for _ in range(MOST_TAGS):
        tag = packet.find(b"<", at)
        if tag != at:
            graph.text.append(_plain(packet[at:tag] if tag > 0 else packet[at:]))
        if tag < 0 or graph.exhausted:
            break
        at = _markup(graph, tag, unclosed)
    graph.end()


def _markup(graph: Graph, at: int, unclosed: set[bytes]) -> int:
    """Take in what begins with the ``<`` at `at`; where the text after it begins."""
    packet = graph.packet
    for opener, closer in _SKIPPED:
        if packet.startswith(opener, at):
            return _aside(graph, opener, closer, at, unclosed)
    found = _TAG.match(packet, at)
    return _tag(graph, found) if found else at + 1


def _aside(graph: Graph, opener: bytes, closer: bytes, at: int, unclosed: set[bytes]) -> int:
    """Take in what is not a tag: a comment, a CDATA section, an instruction; declarations mean nothing here."""
    packet, inner = graph.packet, at + len(opener)
    end = -1 if closer in unclosed else packet.find(closer, inner)
    if end < 0:  # looked for once: to search to the end of the packet each time could take for ever
        unclosed.add(closer)
        return inner
    if opener == b"<![CDATA[":
        graph.text.append(packet[inner:end].decode("utf-8", "replace"))
    elif opener == b"<!--":
        with suppress(TooMuch):
            graph.comment(packet[inner:end].decode("utf-8", "replace"), at, end + len(closer))
    elif opener == b"<?":
        with suppress(TooMuch):
            graph.instruction(packet[inner:end].decode("utf-8", "replace"), at, end + len(closer))
    return end + len(closer)


def _tag(graph: Graph, found: re.Match[bytes]) -> int:
    """Take in one start or end tag; where it ends."""
    packet, at = graph.packet, found.start()
    name = found[2].decode("utf-8", "replace")
    spans, end = _extent(packet, found)
    whole = packet[end - 1 : end] == b">"
    if found[1]:
        graph.close_named(name, at, end)
    elif whole or spans:  # otherwise the packet breaks off inside the name
        attributes = [w for s in spans for w in (s[1].decode("utf-8", "replace"), _plain(s[2][1:-1]))]
        with suppress(
            TooMuch
        ):  # one element too deep or too long is left out; the graph knows when all is too much
            graph.open(name, attributes, at, [s.span() for s in spans])
            if packet[end - 2 : end] == b"/>":
                graph.close(at, end)
    return end


def _extent(packet: bytes, found: re.Match[bytes]) -> tuple[list[re.Match[bytes]], int]:
    """The attributes of a tag, up to the first that cannot be read, and where the tag ends."""
    spans: list[re.Match[bytes]] = []
    at = found.end()
    while (blank := _BLANK.match(packet, at)) and (attribute := _ATTRIBUTE.match(packet, blank.end())):
        if len(spans) > MOST_PROPERTIES:
            break
        spans.append(attribute)
        at = attribute.end()
    rest = _REST.match(packet, at)
    return spans, rest.end() if rest else at


def _plain(text: bytes) -> str:
    """Text with its references resolved, as far as XML itself defines them."""
    words = text.decode("utf-8", "replace")
    return _REFERENCE.sub(_character, words, count=MOST_TAGS) if "&" in words else words


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return _PREDEFINED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return (
        chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF or code in (9, 10, 13) else "\ufffd"
    )
