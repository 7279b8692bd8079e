"""The types of TIFF values, which the TIFF format and the EXIF decoder share.

Specification: TIFF 6.0 section 2; TIFF Technical Note 1 (13); the BigTIFF design (16 to 18); Exif 3.0 (129).
"""

from __future__ import annotations

SIZES = {
    **dict.fromkeys((1, 2, 6, 7, 129), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
"""Bytes that one value of each type takes."""
