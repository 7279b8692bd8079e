"""Towns all over the world to put lives in: both hemispheres, islands, near ±180°, far north and on the equator."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Town(NamedTuple):
    name: str
    latitude: float
    longitude: float
    zone: str
    reach: float
    """Kilometres from the middle within which most people live."""


_TOWNS = """
Munich 48.137 11.575 Europe/Berlin 7
Berlin 52.520 13.405 Europe/Berlin 11
Hamburg 53.565 10.020 Europe/Berlin 8
Leipzig 51.340 12.375 Europe/Berlin 5
Kassel 51.313 9.480 Europe/Berlin 4
Garmisch 47.492 11.095 Europe/Berlin 2
Paris 48.857 2.352 Europe/Paris 9
Lyon 45.760 4.836 Europe/Paris 6
Brest-(Brittany) 48.400 -4.480 Europe/Paris 3
Toulouse 43.605 1.444 Europe/Paris 6
London 51.507 -0.128 Europe/London 13
Manchester 53.480 -2.242 Europe/London 8
Edinburgh 55.935 -3.210 Europe/London 4
Truro 50.263 -5.050 Europe/London 2
Dublin 53.335 -6.300 Europe/Dublin 5
Madrid 40.417 -3.703 Europe/Madrid 8
Seville 37.389 -5.984 Europe/Madrid 5
Barcelona 41.400 2.150 Europe/Madrid 4
Lisbon 38.750 -9.160 Europe/Lisbon 4
Ponta-Delgada 37.755 -25.660 Atlantic/Azores 1.5
Las-Palmas 28.105 -15.445 Atlantic/Canary 2
Rome 41.893 12.483 Europe/Rome 8
Milan 45.464 9.190 Europe/Rome 7
Palermo 38.108 13.345 Europe/Rome 3
Zurich 47.385 8.530 Europe/Zurich 4
Vienna 48.208 16.373 Europe/Vienna 8
Innsbruck 47.267 11.393 Europe/Vienna 3
Prague 50.080 14.430 Europe/Prague 7
Warsaw 52.230 21.012 Europe/Warsaw 8
Gdansk 54.345 18.590 Europe/Warsaw 4
Budapest 47.498 19.060 Europe/Budapest 7
Bucharest 44.430 26.100 Europe/Bucharest 7
Sofia 42.690 23.320 Europe/Sofia 6
Athens 37.990 23.740 Europe/Athens 6
Istanbul 41.060 28.900 Europe/Istanbul 8
Kyiv 50.450 30.520 Europe/Kyiv 8
Copenhagen 55.685 12.530 Europe/Copenhagen 5
Aarhus 56.155 10.180 Europe/Copenhagen 4
Stockholm 59.320 18.030 Europe/Stockholm 6
Kiruna 67.856 20.225 Europe/Stockholm 2
Oslo 59.925 10.760 Europe/Oslo 5
Tromso 69.650 18.950 Europe/Oslo 1.5
Longyearbyen 78.218 15.640 Arctic/Longyearbyen 0.8
Helsinki 60.210 24.930 Europe/Helsinki 5
Rovaniemi 66.500 25.730 Europe/Helsinki 2
Reykjavik 64.128 -21.870 Atlantic/Reykjavik 2.5
Tallinn 59.420 24.730 Europe/Tallinn 3
Riga 56.945 24.130 Europe/Riga 5
Amsterdam 52.365 4.900 Europe/Amsterdam 5
Utrecht 52.090 5.120 Europe/Amsterdam 4
Brussels 50.845 4.355 Europe/Brussels 5
Valletta 35.890 14.490 Europe/Malta 1.5
Belgrade 44.790 20.470 Europe/Belgrade 5
Zagreb 45.805 15.980 Europe/Zagreb 5
Split 43.515 16.460 Europe/Zagreb 2
Casablanca 33.560 -7.600 Africa/Casablanca 5
Cairo 30.050 31.240 Africa/Cairo 8
Lagos 6.560 3.360 Africa/Lagos 8
Accra 5.610 -0.200 Africa/Accra 5
Nairobi -1.290 36.820 Africa/Nairobi 7
Kampala 0.320 32.580 Africa/Kampala 5
Addis-Ababa 9.020 38.750 Africa/Addis_Ababa 6
Johannesburg -26.200 28.040 Africa/Johannesburg 11
Cape-Town -33.955 18.480 Africa/Johannesburg 4
Antananarivo -18.900 47.520 Indian/Antananarivo 4
Curepipe -20.318 57.522 Indian/Mauritius 3
Sao-Tome 0.330 6.725 Africa/Sao_Tome 1.5
New-York 40.735 -73.960 America/New_York 9
Columbus-(Ohio) 39.960 -83.000 America/New_York 10
Atlanta 33.750 -84.390 America/New_York 14
Chicago 41.870 -87.720 America/Chicago 11
Dallas 32.780 -96.800 America/Chicago 15
Minneapolis 44.970 -93.270 America/Chicago 10
Denver 39.740 -104.990 America/Denver 12
Phoenix 33.450 -112.070 America/Phoenix 15
Los-Angeles 34.050 -118.250 America/Los_Angeles 14
Seattle 47.600 -122.315 America/Los_Angeles 6
Anchorage 61.190 -149.850 America/Anchorage 4
Honolulu 21.315 -157.845 Pacific/Honolulu 2.5
Toronto 43.690 -79.400 America/Toronto 8
Montreal 45.515 -73.610 America/Toronto 6
St-Johns 47.555 -52.740 America/St_Johns 2.5
Winnipeg 49.890 -97.140 America/Winnipeg 6
Calgary 51.045 -114.070 America/Edmonton 9
Vancouver 49.240 -123.090 America/Vancouver 5
Mexico-City 19.420 -99.140 America/Mexico_City 10
Guadalajara 20.670 -103.350 America/Mexico_City 7
Havana 23.105 -82.375 America/Havana 4
San-Juan 18.390 -66.060 America/Puerto_Rico 3
Bogota 4.650 -74.090 America/Bogota 7
Quito -0.190 -78.490 America/Guayaquil 5
Lima -12.070 -77.020 America/Lima 7
La-Paz -16.500 -68.130 America/La_Paz 4
Santiago -33.450 -70.660 America/Santiago 9
Buenos-Aires -34.620 -58.450 America/Argentina/Buenos_Aires 7
Ushuaia -54.803 -68.315 America/Argentina/Ushuaia 1.2
Sao-Paulo -23.550 -46.630 America/Sao_Paulo 12
Recife -8.060 -34.920 America/Recife 3
Manaus -3.070 -60.010 America/Manaus 4
Macapa 0.035 -51.070 America/Belem 3
Nuuk 64.178 -51.725 America/Nuuk 0.8
Stanley -51.695 -57.860 Atlantic/Stanley 0.8
Jerusalem 31.775 35.205 Asia/Jerusalem 4
Tbilisi 41.720 44.780 Asia/Tbilisi 5
Tehran 35.700 51.400 Asia/Tehran 9
Dubai 25.170 55.260 Asia/Dubai 5
Kabul 34.530 69.170 Asia/Kabul 5
Karachi 24.900 67.060 Asia/Karachi 7
Mumbai 19.090 72.880 Asia/Kolkata 4
Delhi 28.630 77.210 Asia/Kolkata 12
Bengaluru 12.970 77.590 Asia/Kolkata 9
Kathmandu 27.710 85.320 Asia/Kathmandu 4
Dhaka 23.780 90.390 Asia/Dhaka 7
Colombo 6.900 79.885 Asia/Colombo 3
Yangon 16.840 96.150 Asia/Yangon 5
Bangkok 13.750 100.530 Asia/Bangkok 10
Singapore 1.350 103.830 Asia/Singapore 7
Pontianak -0.025 109.340 Asia/Pontianak 4
Jakarta -6.210 106.830 Asia/Jakarta 8
Denpasar -8.655 115.215 Asia/Makassar 4
Manila 14.600 121.030 Asia/Manila 5
Hong-Kong 22.325 114.170 Asia/Hong_Kong 3
Shanghai 31.220 121.460 Asia/Shanghai 10
Beijing 39.910 116.400 Asia/Shanghai 12
Chengdu 30.660 104.060 Asia/Shanghai 9
Taipei 25.040 121.540 Asia/Taipei 6
Seoul 37.545 127.000 Asia/Seoul 9
Tokyo 35.690 139.690 Asia/Tokyo 12
Osaka 34.680 135.520 Asia/Tokyo 7
Sapporo 43.055 141.350 Asia/Tokyo 6
Almaty 43.240 76.900 Asia/Almaty 6
Tashkent 41.310 69.280 Asia/Tashkent 6
Novosibirsk 55.020 82.930 Asia/Novosibirsk 6
Petropavlovsk-Kamchatsky 53.040 158.640 Asia/Kamchatka 2
Anadyr 64.735 177.505 Asia/Anadyr 0.8
Perth -31.950 115.875 Australia/Perth 8
Adelaide -34.925 138.610 Australia/Adelaide 7
Darwin -12.400 130.890 Australia/Darwin 3
Brisbane -27.470 153.010 Australia/Brisbane 9
Sydney -33.880 151.090 Australia/Sydney 10
Melbourne -37.800 145.000 Australia/Melbourne 10
Hobart -42.880 147.315 Australia/Hobart 2.5
Lord-Howe-Island -31.530 159.075 Australia/Lord_Howe 0.6
Auckland -36.890 174.760 Pacific/Auckland 5
Christchurch -43.530 172.620 Pacific/Auckland 5
Waitangi-(Chatham) -43.955 -176.550 Pacific/Chatham 0.8
Suva -18.120 178.445 Pacific/Fiji 2
Waiyevo-(Taveuni) -16.800 179.990 Pacific/Fiji 1.5
Apia -13.845 -171.770 Pacific/Apia 1.5
Nukualofa -21.145 -175.205 Pacific/Tongatapu 1.5
Papeete -17.545 -149.565 Pacific/Tahiti 1.2
Noumea -22.265 166.450 Pacific/Noumea 2
"""

_BORDERS = """
Lorrach 47.615 7.660 Europe/Berlin 2.5 Basel 47.555 7.590 Europe/Zurich 3
Annemasse 46.193 6.237 Europe/Paris 2 Geneva 46.205 6.140 Europe/Zurich 2.5
Strasbourg 48.575 7.745 Europe/Paris 4 Offenburg 48.473 7.944 Europe/Berlin 3
Thionville 49.358 6.168 Europe/Paris 3 Luxembourg 49.611 6.125 Europe/Luxembourg 3
Freilassing 47.840 12.980 Europe/Berlin 1.5 Salzburg 47.800 13.045 Europe/Vienna 3
Malmo 55.590 13.010 Europe/Stockholm 4 Copenhagen 55.680 12.540 Europe/Copenhagen 4
Bratislava 48.150 17.110 Europe/Bratislava 4 Hainburg 48.147 16.945 Europe/Vienna 1.5
Elvas 38.880 -7.163 Europe/Lisbon 1.5 Badajoz 38.880 -6.970 Europe/Madrid 2.5
Tornio 65.850 24.180 Europe/Helsinki 1.2 Haparanda 65.835 24.125 Europe/Stockholm 1
Nova-Gorica 45.958 13.648 Europe/Ljubljana 1.2 Gorizia 45.942 13.617 Europe/Rome 1.2
Johor-Bahru 1.490 103.745 Asia/Kuala_Lumpur 4 Singapore 1.350 103.830 Asia/Singapore 6
Ciudad-del-Este -25.515 -54.620 America/Asuncion 3 Foz-do-Iguacu -25.535 -54.575 America/Sao_Paulo 3
Windsor-(Ontario) 42.295 -83.010 America/Toronto 4 Detroit 42.340 -83.060 America/Detroit 6
Tijuana 32.510 -117.010 America/Tijuana 5 San-Diego 32.720 -117.140 America/Los_Angeles 5
"""


@cache
def towns() -> tuple[Town, ...]:
    return tuple(_town(line.split()) for line in _TOWNS.split("\n") if line)


@cache
def borders() -> tuple[tuple[Town, Town], ...]:
    """Pairs of neighbouring towns on two sides of a border: where somebody lives, and where they work."""
    rows = [line.split() for line in _BORDERS.split("\n") if line]
    return tuple((_town(row[:5]), _town(row[5:])) for row in rows)


def _town(row: list[str]) -> Town:
    name, latitude, longitude, zone, reach = row
    return Town(name.replace("-", " "), float(latitude), float(longitude), zone, float(reach))
