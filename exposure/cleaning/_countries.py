"""Countries that a file may name, and the middle of each, for who keeps no more of a place than the country.

Codes: ISO 3166-1. Middles: "geographic coordinates" of The World Factbook (public domain), in whole degrees.
"""

from __future__ import annotations

from functools import cache

_TABLE = """
AD AND 42 1 Andorra
AE ARE 24 54 United Arab Emirates, UAE
AF AFG 33 65 Afghanistan
AG ATG 17 -62 Antigua and Barbuda
AL ALB 41 20 Albania, Shqipëria
AM ARM 40 45 Armenia
AO AGO -12 18 Angola
AR ARG -34 -64 Argentina
AT AUT 47 13 Austria, Österreich
AU AUS -27 133 Australia
AW ABW 12 -70 Aruba
AZ AZE 40 47 Azerbaijan
BA BIH 44 18 Bosnia and Herzegovina, Bosna i Hercegovina
BB BRB 13 -59 Barbados
BD BGD 24 90 Bangladesh
BE BEL 51 4 Belgium, België, Belgique, Belgien
BF BFA 13 -2 Burkina Faso
BG BGR 43 25 Bulgaria
BH BHR 26 50 Bahrain
BI BDI -4 30 Burundi
BJ BEN 10 2 Benin, Bénin
BN BRN 4 115 Brunei, Brunei Darussalam
BO BOL -17 -65 Bolivia
BR BRA -10 -55 Brazil, Brasil
BS BHS 24 -76 The Bahamas, Bahamas
BT BTN 28 90 Bhutan
BW BWA -22 24 Botswana
BY BLR 53 28 Belarus
BZ BLZ 17 -89 Belize
CA CAN 60 -95 Canada
CD COD 0 25 Democratic Republic of the Congo, DR Congo
CF CAF 7 21 Central African Republic
CG COG -1 15 Republic of the Congo
CH CHE 47 8 Switzerland, Schweiz, Suisse, Svizzera
CI CIV 8 -5 Côte d'Ivoire, Cote d'Ivoire, Ivory Coast
CL CHL -30 -71 Chile
CM CMR 6 12 Cameroon, Cameroun
CN CHN 35 105 China, People's Republic of China, 中国
CO COL 4 -72 Colombia
CR CRI 10 -84 Costa Rica
CU CUB 22 -80 Cuba
CV CPV 16 -24 Cabo Verde, Cape Verde
CY CYP 35 33 Cyprus
CZ CZE 50 16 Czechia, Czech Republic, Česko, Česká republika
DE DEU 51 9 Germany, Deutschland, Allemagne, Federal Republic of Germany
DJ DJI 12 43 Djibouti
DK DNK 56 10 Denmark, Danmark
DM DMA 15 -61 Dominica
DO DOM 19 -71 Dominican Republic, República Dominicana
DZ DZA 28 3 Algeria, Algérie
EC ECU -2 -78 Ecuador
EE EST 59 26 Estonia, Eesti
EG EGY 27 30 Egypt
ER ERI 15 39 Eritrea
ES ESP 40 -4 Spain, España, Spanien, Espagne
ET ETH 8 38 Ethiopia
FI FIN 64 26 Finland, Suomi
FJ FJI -18 178 Fiji
FM FSM 7 158 Federated States of Micronesia, Micronesia
FO FRO 62 -7 Faroe Islands, Føroyar
FR FRA 46 2 France, Frankreich, Francia
GA GAB -1 12 Gabon
GB GBR 54 -2 United Kingdom, UK, Great Britain, England, Scotland, Wales, Northern Ireland
GD GRD 12 -62 Grenada
GE GEO 42 43
GH GHA 8 -2 Ghana
GI GIB 36 -5 Gibraltar
GL GRL 72 -40 Greenland, Kalaallit Nunaat
GM GMB 13 -16 The Gambia, Gambia
GN GIN 11 -10 Guinea
GQ GNQ 2 10 Equatorial Guinea
GR GRC 39 22 Greece, Hellas, Ελλάδα
GT GTM 16 -90 Guatemala
GW GNB 12 -15 Guinea-Bissau
GY GUY 5 -59 Guyana
HK HKG 22 114 Hong Kong
HN HND 15 -86 Honduras
HR HRV 45 16 Croatia, Hrvatska
HT HTI 19 -72 Haiti, Haïti
HU HUN 47 20 Hungary, Magyarország
ID IDN -5 120 Indonesia
IE IRL 53 -8 Ireland, Republic of Ireland, Éire
IL ISR 32 35 Israel
IN IND 20 77 India
IQ IRQ 33 44 Iraq
IR IRN 32 53 Iran, Islamic Republic of Iran
IS ISL 65 -18 Iceland, Ísland
IT ITA 43 13 Italy, Italia, Italien, Italie
JM JAM 18 -78 Jamaica
JO JOR 31 36
JP JPN 36 138 Japan, 日本
KE KEN 1 38 Kenya
KG KGZ 41 75 Kyrgyzstan
KH KHM 13 105 Cambodia
KI KIR 1 173 Kiribati
KM COM -12 44 Comoros
KN KNA 17 -63 Saint Kitts and Nevis
KP PRK 40 127 North Korea
KR KOR 37 128 South Korea, Republic of Korea, 대한민국
KW KWT 30 46 Kuwait
KZ KAZ 48 68 Kazakhstan
LA LAO 18 105 Laos
LB LBN 34 36 Lebanon, Liban
LC LCA 14 -61 Saint Lucia
LI LIE 47 10 Liechtenstein
LK LKA 7 81 Sri Lanka
LR LBR 6 -10 Liberia
LS LSO -30 28 Lesotho
LT LTU 56 24 Lithuania, Lietuva
LU LUX 50 6
LV LVA 57 25 Latvia, Latvija
LY LBY 25 17 Libya
MA MAR 32 -6 Morocco, Maroc
MC MCO 44 7 Monaco
MD MDA 47 29 Moldova, Republic of Moldova
ME MNE 42 19 Montenegro, Crna Gora
MG MDG -20 47 Madagascar
MH MHL 9 168 Marshall Islands
MK MKD 42 22 North Macedonia
ML MLI 17 -4 Mali
MM MMR 22 98 Myanmar, Burma
MN MNG 46 105 Mongolia
MO MAC 22 114 Macau, Macao
MR MRT 20 -12 Mauritania
MT MLT 36 15 Malta
MU MUS -20 58 Mauritius
MV MDV 3 73 Maldives
MW MWI -14 34 Malawi
MX MEX 23 -102 México
MY MYS 2 112 Malaysia
MZ MOZ -18 35 Mozambique, Moçambique
NA NAM -22 17 Namibia
NE NER 16 8
NG NGA 10 8 Nigeria
NI NIC 13 -85 Nicaragua
NL NLD 52 6 Netherlands, The Netherlands, Nederland, Niederlande, Holland
NO NOR 62 10 Norway, Norge, Noreg
NP NPL 28 84 Nepal
NR NRU -1 167 Nauru
NZ NZL -41 174 New Zealand, Aotearoa
OM OMN 21 57 Oman
PA PAN 9 -80
PE PER -10 -76 Peru, Perú
PG PNG -6 147 Papua New Guinea
PH PHL 13 122 Philippines, Pilipinas
PK PAK 30 70 Pakistan
PL POL 52 20 Poland, Polska, Polen
PR PRI 18 -66 Puerto Rico
PS PSE 32 35 Palestine, State of Palestine
PT PRT 40 -8 Portugal
PW PLW 8 134 Palau
PY PRY -23 -58 Paraguay
QA QAT 26 51 Qatar
RO ROU 46 25 Romania, România
RS SRB 44 21 Serbia, Srbija
RU RUS 60 100 Russia, Russian Federation, Россия
RW RWA -2 30 Rwanda
SA SAU 25 45 Saudi Arabia
SB SLB -8 159 Solomon Islands
SC SYC -5 56 Seychelles
SD SDN 15 30 Sudan
SE SWE 62 15 Sweden, Sverige, Schweden
SG SGP 1 104 Singapore
SI SVN 46 15 Slovenia, Slovenija
SK SVK 49 20 Slovakia, Slovensko
SL SLE 8 -12 Sierra Leone
SM SMR 44 12 San Marino
SN SEN 14 -14 Senegal, Sénégal
SO SOM 10 49 Somalia
SR SUR 4 -56 Suriname
SS SSD 8 30 South Sudan
ST STP 1 7 São Tomé and Príncipe, Sao Tome and Principe
SV SLV 14 -89 El Salvador
SY SYR 35 38 Syria, Syrian Arab Republic
SZ SWZ -26 32 Eswatini, Swaziland
TD TCD 15 19 Chad, Tchad
TG TGO 8 1 Togo
TH THA 15 100 Thailand, ประเทศไทย
TJ TJK 39 71 Tajikistan
TL TLS -9 126 Timor-Leste, East Timor
TM TKM 40 60 Turkmenistan
TN TUN 34 9 Tunisia, Tunisie
TO TON -20 -175 Tonga
TR TUR 39 35 Türkiye, Turkey, Turkiye
TT TTO 11 -61 Trinidad and Tobago
TV TUV -8 178 Tuvalu
TW TWN 24 121 Taiwan, 台灣
TZ TZA -6 35 Tanzania, United Republic of Tanzania
UA UKR 49 32 Ukraine, Україна
UG UGA 1 32 Uganda
US USA 38 -97 United States, United States of America, U.S.A., U.S.
UY URY -33 -56 Uruguay
UZ UZB 41 64 Uzbekistan
VA VAT 42 12 Vatican City, Holy See
VC VCT 13 -61 Saint Vincent and the Grenadines
VE VEN 8 -66 Venezuela
VN VNM 16 108 Vietnam, Viet Nam, Việt Nam
VU VUT -16 167 Vanuatu
WS WSM -14 -172 Samoa
XK XKX 43 21 Kosovo
YE YEM 15 48 Yemen
ZA ZAF -29 24 South Africa
ZM ZMB -15 30 Zambia
ZW ZWE -20 30 Zimbabwe
"""
"""Two letters, three letters, degrees north, degrees east, names. Names that are also those of a city, a state or a
province (Georgia, Jordan, Luxembourg, Mexico, Niger, Panama) are left out: only their codes count."""


Middle = tuple[str, int, int]
"""A country's two letters, and its middle in degrees north and east."""


@cache
def _middles() -> tuple[dict[str, Middle], dict[str, Middle]]:
    """By code, and by name."""
    codes: dict[str, Middle] = {}
    names: dict[str, Middle] = {}
    for row in _TABLE.strip().splitlines():
        two, three, north, east, *words = row.split(" ", 4)
        middle = two, int(north), int(east)
        codes[two.casefold()] = codes[three.casefold()] = names[three.casefold()] = middle
        for word in words[0].split(", ") if words else ():
            names[word.casefold()] = middle
    return codes, names


def coded(code: str) -> Middle | None:
    """The country that has this code, of two letters or three."""
    return _middles()[0].get(code.strip().casefold())


def named(name: str) -> Middle | None:
    """The country that goes by this name. Two letters are none: they may be those of a state (CA, DE, IN)."""
    return _middles()[1].get(" ".join(name.split()).casefold())


def middles() -> frozenset[tuple[int, int]]:
    """The middles of all countries."""
    return frozenset((north, east) for _, north, east in _middles()[0].values())
