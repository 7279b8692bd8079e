"""The labels in Meta's lists, which are written in the language that the account is used in.

Only what people see is translated: keys such as ``string_map_data`` stay English, and what stands under them is `Privates
Konto` or `Compte privé`. Nothing is guessed: of a label in a language that is not here, nothing is known.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from exposure.archives._records import get, text, unmangled


@lru_cache(512)
def _folded(label: str) -> str:
    """Without marks on letters, and without what is not a letter: `Nom d’utilisateur` has two kinds of apostrophes."""
    letters = unicodedata.normalize("NFKD", label.casefold())
    return "".join(sign for sign in letters if sign.isalnum())


def _labels(several: str) -> frozenset[str]:
    return frozenset(_folded(label) for label in several.split("|"))


USERNAME = _labels(
    "Username|Benutzername|Nutzername|Nom d’utilisateur|Nombre de usuario|Usuario|Nome utente|Nome de usuário|Nome do usuário"
    "|Nome de utilizador|Gebruikersnaam|Nazwa użytkownika|Имя пользователя|Ім’я користувача|Kullanıcı adı|Användarnamn|Brugernavn"
    "|Brukernavn|Käyttäjänimi|Käyttäjätunnus|Uživatelské jméno|Felhasználónév|Nume de utilizator|Όνομα χρήστη|ユーザーネーム"
    "|사용자 이름|用户名|帐号|用戶名稱|用戶帳號|Nama pengguna|اسم المستخدم|שם משתמש"
)
NAME = _labels(
    "Name|Nom|Nombre|Nome|Naam|Imię i nazwisko|Imię|Nazwa|Имя|Ім’я|Ad|Adı|İsim|Namn|Navn|Nimi|Jméno|Név|Nume|Όνομα"
    "|名前|이름|姓名|名字|名稱|Nama|الاسم|שם"
)
PRIVATE = _labels(
    "Private Account|Privates Konto|Compte privé|Cuenta privada|Account privato|Profilo privato|Conta privada|Privéaccount"
    "|Konto prywatne|Закрытый аккаунт|Приватний акаунт|Закритий акаунт|Закритий обліковий запис|Gizli hesap|Privat konto"
    "|Yksityinen tili|Soukromý účet|Privát fiók|Cont privat|Ιδιωτικός λογαριασμός|非公開アカウント|비공개 계정|私密帐户|私密账户"
    "|私人帳號|不公開帳號|Akun privat|حساب خاص|חשבון פרטי"
)
BIO = _labels(
    "Bio|Biography|Steckbrief|Biografie|Biographie|Biografía|Presentación|Biografia|Biogram|О себе|Биография|Біографія|Biyografi"
    "|Életrajz|Βιογραφικό|自己紹介|소개|个人简介|個人簡介|السيرة الذاتية"
)
WEBSITE = _labels(
    "Website|Webseite|Site web|Sitio web|Sito web|Site|Strona internetowa|Сайт|Веб-сайт|İnternet sitesi|Webbplats|Websted"
    "|Nettsted|Sivusto|Verkkosivusto|Webové stránky|Weboldal|Site web|Ιστότοπος|ウェブサイト|웹사이트|网站|網站|Situs web"
)
CAPTION = _labels(
    "Caption|Text|Title|Message|Bildunterschrift|Titel|Nachricht|Légende|Texte|Titre|Pie de foto|Leyenda|Texto|Título|Didascalia"
    "|Testo|Titolo|Legenda|Bijschrift|Tekst|Podpis|Tytuł|Подпись|Текст|Підпис|Açıklama|Metin|Başlık|Bildtext|Billedtekst"
    "|Bildetekst|Kuvateksti|Popisek|Képaláírás|Képfelirat|Legendă|Λεζάντα|キャプション|テキスト|문구|캡션|텍스트|说明|說明文字"
    "|文字|Keterangan|Teks|التسمية التوضيحية"
)
ADDRESS = _labels(
    "Address|Adresse|Dirección|Indirizzo|Endereço|Morada|Adres|Адрес|Адреса|Adress|Osoite|Adresa|Cím|住所|주소|地址|Alamat"
)
LATITUDE = _labels(
    "Latitude|Breitengrad|Latitud|Latitudine|Breedtegraad|Szerokość geograficzna|Широта|Enlem|Breddgrad|Breddegrad|Leveysaste"
    "|Zeměpisná šířka|Szélesség|緯度|위도|纬度|Lintang"
)
LONGITUDE = _labels(
    "Longitude|Längengrad|Longitud|Longitudine|Lengtegraad|Długość geograficzna|Долгота|Довгота|Boylam|Longitud|Længdegrad"
    "|Lengdegrad|Pituusaste|Zeměpisná délka|Hosszúság|経度|경도|经度|經度|Bujur"
)
_YES = _labels(
    "true|yes|wahr|ja|vrai|oui|verdadero|sí|vero|verdadeiro|sim|waar|prawda|tak|да|истина|так|evet|doğru|sant|sandt|tosi|kyllä"
    "|pravda|ano|igaz|igen|adevărat|da|ναι|αληθές|はい|예|참|是|真|ya|benar|نعم|صحيح|כן"
)


def is_label(label: str, known: frozenset[str]) -> bool:
    """Whether that is one of those labels, as it is written, whatever its marks."""
    return _folded(label) in known


def is_yes(value: str) -> bool:
    return _folded(value) in _YES


class Values(dict[str, str]):
    """The values of `string_map_data` by their labels, both as they were typed."""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Values:
        return cls(
            (unmangled(str(key)), unmangled(text(get(each, "value"))).strip()) for key, each in facts.items()
        )

    def label(self, known: frozenset[str]) -> str:
        """The first of its labels that is one of those; empty for none."""
        return next((label for label in self if is_label(label, known)), "")

    def value(self, known: frozenset[str]) -> str:
        return self.get(self.label(known), "")
