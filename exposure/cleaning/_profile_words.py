"""What the common colour profiles say of themselves: the only words that may stay in a clean copy.

A profile may name a screen, its serial number and whoever measured it. These are the names, makers and licences of
profiles that millions of files share, as their publishers distribute them: they tell of no device and no person.
Years and versions may vary, names may not.
"""

from __future__ import annotations

import re

_LONGEST = 300
"""In characters; no such wording is longer."""

_YEAR = r"(?:19|20)\d\d"
_C = r"(?:Copyright|\(c\)|Copyright \(c\)|©|Copyright ©)"
_CURVE = r"(?:sRGB curve|linear|gamma (?:1\.8|2\.2|2\.4)|Rec\. 709 curve)"
_STANDARD = r"(?:sRGB|Display P3|Compatible with Adobe RGB \(1998\)|ProPhoto RGB|Rec\. 2020)"

_OWN = (  # those that exposure writes: `_profile_numbers`
    rf"{_STANDARD}(?: primaries, {_CURVE})?",
    rf"Gray, {_CURVE}",
    r"Public Domain",
)
_SRGB = (  # IEC 61966-2-1, and what HP, Microsoft, the ICC, Google, LittleCMS and colord call it
    r"sRGB(?: IEC ?61966-2[.-]1)?(?: black scaled)?",
    r"sRGB(?: Profile| built-in| Color Space Profile|2014)",
    r"sRGB v4 ICC preference(?: perceptual intent)?(?: beta)?",
    r"sRGB_(?:v4_ICC_preference|v4_ICC_preference_displayclass|ICC_v4_Appearance|D65_MATRIX)(?:\.icc)?",
    r"(?:Standard RGB, )?IEC 61966-2-1(?: Default RGB Colour Space - sRGB)?",
    r"IEC 61966-2[.-]1 Default RGB colou?r space - sRGB",
    r"IEC http://www\.iec\.ch",
    r"Reference Viewing Condition in IEC ?61966-2[.-]1",
    rf"{_C} {_YEAR} Hewlett-Packard Company",
    rf"{_C} {_YEAR} Google Inc\.?|Google Inc\.? {_YEAR}",
    rf"{_C} (?:{_YEAR} )?International Color Consortium(?:, {_YEAR})?",
    r"(?:RGB|gray|Lab|XYZ) (?:identity )?built-in",
    r"no copyright, use freely|lcms generated",
    r"This profile is free of known copyright restrictions\.",
)
_WIDE = (  # Adobe, Apple, Kodak, the European Color Initiative, the ITU
    r"(?:Compatible with )?Adobe ?RGB ?\(?1998\)?|opRGB|Apple RGB|ColorMatch RGB|Wide Gamut RGB|CIE RGB",
    r"Display P3(?: Gamut with sRGB Transfer)?|(?:DCI[ -]?P3|DCI\(P3\))(?: RGB)?|Image P3",
    r"Apple Wide Color Sharing Profile|Generic (?:RGB|Gray|Gray Gamma 2\.2|CMYK|Lab|XYZ) Profile",
    r"(?:Kodak )?ProPhoto ?RGB|ROMM ?RGB|ISO 22028-2 ROMM RGB|KODAK|Reference Output Medium Metric ?\(ROMM\)",
    r"eciRGB(?: v2| v2 ICCv4)?|ECI-RGB\.icc|PAL/SECAM|SMPTE-C|NTSC \(1953\)|SDTV (?:NTSC|PAL)|HD 709(?:-A)?",
    r"(?:HDTV )?\(?Rec\.? ?(?:ITU-R )?(?:BT\.)?(?:709|2020|2100)(?:-\d)?(?: PQ| HLG)?\)?(?: Gamma 2\.4| RGB)?",
    r"ITU-R BT\.(?:709|2020)(?: Reference Display)?",
    rf"{_C} {_YEAR}(?:-{_YEAR})? Adobe Systems,? Inc(?:orporated|\.)",
    rf"{_C} Apple(?: Computer,?)? Inc\.?, {_YEAR}(?:-{_YEAR})?(?:, all rights reserved\.?)?",
    rf"{_C} {_YEAR} Apple(?: Computer,?)? Inc\.?,? all rights reserved\.?",
    rf"{_C} Eastman Kodak Company, {_YEAR}, all rights reserved\.?",
)
_GRAY_AND_PRINT = (  # Adobe's, the ICC's and the ECI's printing conditions
    r"Dot Gain (?:10|15|20|25|30)%|Gray Gamma (?:1\.8|2\.2)|sGray|Black & White",
    r"U\.S\. (?:Web|Sheetfed) (?:Coated|Uncoated)(?: \(SWOP\))? v2|US Newsprint \(SNAP 2007\)",
    r"(?:Web )?(?:Coated|Uncoated) (?:FOGRA(?:27|28|29|39) \(ISO 12647-2:2004\)|GRACoL 2006 \(ISO 12647-2:2004\))",
    r"Web Coated SWOP 2006 Grade [35] Paper|(?:GRACoL2013_CRPC6|SWOP2013C[35]_CRPC5)(?:\.icc)?",
    r"Japan Color (?:2001 (?:Coated|Uncoated)|2002 Newspaper|2003 Web Coated|2011 Coated)|Japan Web Coated \(Ad\)",
    r"Euroscale (?:Coated|Uncoated) v2|ISO (?:Coated|Uncoated)(?: v2)?(?: 300%)?(?: \(ECI\))?",
    r"PSO (?:Coated|Uncoated) v3(?: \(FOGRA5[12]\))?|(?:PSO LWC Improved|PSO Uncoated ISO12647) \(ECI\)",
)
_FREE = (  # GIMP, darktable, RawTherapee, Ghostscript, libjxl, Facebook, and the tiny profiles of the web
    r"GIMP built-in (?:Linear )?(?:sRGB|Rec709 RGB|Adobe RGB|D65 (?:Linear )?Grayscale(?: with sRGB TRC)?)|GIMP",
    r"[Dd]arktable|(?:Linear |PQ |HLG )?(?:Rec709|Rec2020|ProPhoto|P3|Display P3) RGB|sRGB \(web-safe\)",
    r"Adobe RGB \(compatible\)|Linear sRGB",
    r"RTv[24]_(?:sRGB|Medium|Large|Wide|Rec2020|ACES-AP[01]|Best|Beta|Bruce)",
    rf"Copyright RawTherapee {_YEAR}, CC0",
    r"Artifex (?:Software )?(?:sRGB|A98|ROMMRGB|scRGB|esRGB|sGray|PS Gray|PS RGB|PS CMYK|CMYK SWOP) ?(?:ICC ?)?(?:Profile)?",
    rf"{_C} Artifex Software(?: Inc\.?)?(?: {_YEAR})?|{_C} {_YEAR} Artifex Software Inc\.?",
    r"(?:RGB|Gra)_(?:D65|EER|DCI)_(?:(?:SRG|DCI|202)_)?(?:Per|Rel|Sat|Abs)_(?:SRG|Lin|709|PeQ|HLG|DCI)|CC0",
    r"c2|c2ci|FB|[uns](?:RGB|P3C?|Gry)",
)
_ELLE_STONE = (  # whose profiles Krita and GIMP ship: https://ninedegreesbelow.com
    r"(?:sRGB|Rec709|Rec2020|ClayRGB|LargeRGB|WideRGB|AllColorsRGB|IdentityRGB|CIERGB|ACEScg|ACES)"
    r"-elle-V[24]-(?:srgbtrc|g10|g18|g22|labl|rec709)\.icc",
    rf"Copyright {_YEAR}, Elle Stone \(https?://ninedegreesbelow\.com/?\), CC-BY-SA 3\.0 Unported "
    r"\(https?://creativecommons\.org/licenses/by-sa/3\.0/legalcode\)\.",
    r"sRGB chromaticities from A Standard Default Color Space for the Internet - sRGB, "
    r"http://www\.w3\.org/Graphics/Color/sRGB; (?:also see|and) "
    r"http://www\.color\.org/specification/ICC1v43_2010-12\.pdf",
    r"Rec709 chromaticities from Recommendation ITU-R BT\.709-6 \(06/2015\), "
    r"http://www\.itu\.int/dms_pubrec/itu-r/rec/bt/R-REC-BT\.709-6-201506-I!!PDF-E\.pdf",
)
_KNOWN = re.compile(
    "|".join((*_OWN, *_SRGB, *_WIDE, *_GRAY_AND_PRINT, *_FREE, *_ELLE_STONE)), re.IGNORECASE | re.ASCII
)


def is_known(words: str) -> bool:
    """Whether a profile that says this says nothing of whose it is; blanks around it do not count."""
    return len(words) <= _LONGEST and (
        not words.strip(" \0") or _KNOWN.fullmatch(words.strip(" \0")) is not None
    )
