"""Metadata decoders: EXIF, XMP, IPTC-IIM… one module each, with the rows that say what their fields mean."""
