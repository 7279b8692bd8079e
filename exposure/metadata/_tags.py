"""The names of EXIF and TIFF tags: ExifRead's tables, with the names and tags that they lack.

Specification: Exif 3.0 tables 3 to 18; TIFF 6.0; TIFF/EP; DNG 1.7; where these are silent, ExifTool's names.
"""

from __future__ import annotations

from exifread.tags.exif import EXIF_TAGS, GPS_TAGS, INTEROP_TAGS

_MORE = {
    0x000B: "ProcessingSoftware",
    0x00FE: "NewSubfileType",
    0x02BC: "XMLPacket",
    0x4749: "RatingPercent",
    0x83BB: "IPTC-NAA",
    0x8649: "ImageResources",
    0x8773: "InterColorProfile",
    0x8825: "GPSInfoIFDPointer",
    0x8769: "ExifIFDPointer",
    0x9400: "AmbientTemperature",
    0x9401: "Humidity",
    0x9402: "Pressure",
    0x9403: "WaterDepth",
    0x9404: "Acceleration",
    0x9405: "CameraElevationAngle",
    0x935C: "ImageSourceData",
    0xA002: "PixelXDimension",
    0xA003: "PixelYDimension",
    0xA005: "InteroperabilityIFDPointer",
    0xA302: "CFAPattern",
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA438: "ImageEditor",
    0xA439: "CameraFirmware",
    0xA43A: "RAWDevelopingSoftware",
    0xA43B: "ImageEditingSoftware",
    0xA43C: "MetadataEditingSoftware",
    0xA460: "CompositeImage",
    0xA461: "SourceImageNumberOfCompositeImage",
    0xA462: "SourceExposureTimesOfCompositeImage",
    0xC612: "DNGVersion",
    0xC614: "UniqueCameraModel",
    0xC615: "LocalizedCameraModel",
    0xC62F: "CameraSerialNumber",
    0xC630: "LensInfo",
    0xC634: "DNGPrivateData",
    0xC65D: "RawDataUniqueID",
    0xC68B: "OriginalRawFileName",
    0xC716: "PreviewApplicationName",
    0xC717: "PreviewApplicationVersion",
    0xC71B: "PreviewDateTime",
    0xC6F8: "ProfileName",
    0xC6FE: "ProfileCopyright",
}

EXIF = {tag: row[0] for tag, row in EXIF_TAGS.items()} | _MORE
GPS = {tag: row[0] for tag, row in GPS_TAGS.items()} | {0x1D: "GPSDateStamp", 0x1F: "GPSHPositioningError"}
INTEROP = {tag: row[0] for tag, row in INTEROP_TAGS.items()}
