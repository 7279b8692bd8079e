"""RDF/XML read as XML: the tags, text and comments of a packet, as the parser of the standard library sees them.

XMP part 1 (ISO 16684-1:2019), section 7. What they mean is gathered by `_graph`.
"""

from __future__ import annotations

from xml.parsers import expat

from exposure.metadata._graph import MOST_PROPERTIES, TOO_MANY, Graph, TooMuch


def read_xml(graph: Graph) -> str | None:
    """Read the packet as XML; why it stopped before the end, or None.

    The packet must not declare entities: that is looked for before (`xmp`), since a parser can be stopped by
    them only after they have begun to cost.
    """
    packet = graph.packet
    if len(packet) > MOST_PROPERTIES and packet.count(b"=") > 2 * MOST_PROPERTIES:
        # expat hands over the attributes of an element all at once
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

    def instruction(target: str, words: str) -> None:
        at = parser.CurrentByteIndex
        graph.instruction(f"{target} {words}", at, packet.find(b"?>", at) + 2)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.ProcessingInstructionHandler = instruction
    parser.CharacterDataHandler, parser.CommentHandler = graph.text.append, comment
    try:
        parser.Parse(packet, True)
    except TooMuch as reason:
        return f"has {reason}"
    except expat.ExpatError:
        return "is damaged"
    finally:  # the parser and its handlers hold each other, and a packet may be large
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.CommentHandler = parser.ProcessingInstructionHandler = None
    return None
