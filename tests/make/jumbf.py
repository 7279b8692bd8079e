"""JUMBF boxes and C2PA manifests (ISO/IEC 19566-5; C2PA 2.1, section 11), and the CBOR in them (RFC 8949).

``manifest_store(claim("Acme 1.0"), assertion("cawg.identity", {}))``
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping

from tests.make.cbor import Tagged, cbor

_TAIL = bytes.fromhex("00110010800000aa00389b71")
CBOR_TYPE, JSON_TYPE = b"cbor" + _TAIL, b"json" + _TAIL
FILE_TYPE = bytes.fromhex("40cb0c32bb8a489da70b2ad6f47f4369")


def box(type_: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(payload), type_) + payload


def superbox(label: str, *inside: bytes, type_: bytes = b"c2as" + _TAIL) -> bytes:
    description = type_ + bytes([3]) + label.encode() + b"\0"
    return box(b"jumb", box(b"jumd", description) + b"".join(inside))


def assertion(label: str, content: object) -> bytes:
    return superbox(label, box(b"cbor", cbor(content)), type_=CBOR_TYPE)


def json_assertion(label: str, content: object) -> bytes:
    return superbox(label, box(b"json", json.dumps(content).encode()), type_=JSON_TYPE)


def thumbnail_assertion(
    picture: bytes, label: str = "c2pa.thumbnail.claim", media_type: str = "image/jpeg"
) -> bytes:
    described = box(b"bfdb", b"\0" + media_type.encode() + b"\0")
    return superbox(label, described, box(b"bidb", picture), type_=FILE_TYPE)


def claim(generator: str, **more: object) -> bytes:
    return assertion("c2pa.claim", {"claim_generator": generator, **more})


def manifest_store(claim_box: bytes, *assertions: bytes, label: str = "urn:c2pa:1234") -> bytes:
    store = superbox("c2pa.assertions", *assertions)
    return superbox("c2pa", superbox(label, store, claim_box))


def signed_identity(*identities: Mapping[str, object]) -> dict[str, object]:
    """An identity assertion that a provider vouches for (CAWG 1.1, section 8.1)."""
    credential = {"credentialSubject": {"verifiedIdentities": list(identities)}}
    signature = cbor(Tagged(18, [b"", {}, json.dumps(credential).encode(), b"signature"]))
    return {"signer_payload": {"sig_type": "cawg.identity_claims_aggregation"}, "signature": signature}
