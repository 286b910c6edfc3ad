"""What error pages say, in both languages; kept out of the catalogues, which an error page must not need."""

from typing import NamedTuple


class ErrorText(NamedTuple):
    heading: str
    text: str


FINNISH: dict[str, ErrorText] = {
    "400": ErrorText(
        "Pyyntöä ei voitu käsitellä",
        "Osoitteessa tai lähetetyissä tiedoissa on jotain, mitä palvelu ei ymmärrä. "
        "Palaa takaisin ja yritä uudelleen.",
    ),
    "403": ErrorText(
        "Sinulla ei ole oikeutta tähän sivuun",
        "Sivu voi vaatia kirjautumisen, tai se on tarkoitettu muille. "
        "Jos tulit tänne linkistä, kerro siitä meille.",
    ),
    "404": ErrorText(
        "Sivua ei löydy",
        "Sivu on voitu poistaa, tai sen osoite on muuttunut. "
        "Jos kirjoitit osoitteen itse, tarkista, että se on oikein.",
    ),
    "410": ErrorText(
        "Tiedosto on vedetty pois",
        "Sen säilytysaika on päättynyt, tai sen sisältö on muuttunut: jotain on esimerkiksi piilotettu tai "
        "poistettu. "
        "Tee uusi tiedosto sieltä, mistä tämäkin tehtiin.",
    ),
    "500": ErrorText(
        "Palvelussa on häiriö",
        "Tapahtui virhe, jota emme osanneet odottaa. Virhe on kirjattu. Yritä hetken kuluttua uudelleen.",
    ),
    "503": ErrorText(
        "Palvelu on hetken poissa käytöstä",
        "Palvelua huolletaan. Yritä muutaman minuutin kuluttua uudelleen. "
        "Jos vastausaika päättyy tänään, voit lähettää vastauksesi myös kirjaamoon.",
    ),
    "csrf": ErrorText(
        "Lomaketta ei voitu ottaa vastaan",
        "Lomake on voinut olla auki pitkään, tai selain estää evästeet. "
        "Palaa takaisin, päivitä sivu ja lähetä lomake uudelleen.",
    ),
    "origin": ErrorText(
        "Lomaketta ei voitu ottaa vastaan",
        "Selain ei kertonut, että lomake lähetettiin tältä sivustolta. Jokin lisäosa voi estää tiedon. "
        "Avaa sivu uudelleen tässä palvelussa ja lähetä lomake sieltä, tai kokeile toista selainta.",
    ),
}

SWEDISH: dict[str, ErrorText] = {
    "400": ErrorText(
        "Begäran kunde inte behandlas",
        "Det finns något i adressen eller i de uppgifter som skickades som tjänsten inte förstår. "
        "Gå tillbaka och försök igen.",
    ),
    "403": ErrorText(
        "Du har inte rätt att se den här sidan",
        "Sidan kan kräva inloggning eller vara avsedd för andra. "
        "Om du kom hit via en länk, berätta det för oss.",
    ),
    "404": ErrorText(
        "Sidan hittades inte",
        "Sidan kan ha tagits bort eller fått en ny adress. "
        "Om du skrev adressen själv, kontrollera att den är rätt.",
    ),
    "410": ErrorText(
        "Filen har återkallats",
        "Förvaringstiden har gått ut, eller så har innehållet ändrats: något har till exempel dolts eller "
        "tagits bort. "
        "Gör en ny fil på samma ställe som den här gjordes.",
    ),
    "500": ErrorText(
        "Ett fel har uppstått i tjänsten",
        "Det inträffade ett fel som vi inte var beredda på. Felet har registrerats. Försök igen om en stund.",
    ),
    "503": ErrorText(
        "Tjänsten är tillfälligt ur bruk",
        "Vi utför underhåll. Försök igen om några minuter. "
        "Om svarstiden går ut i dag kan du också skicka ditt svar till registratorskontoret.",
    ),
    "csrf": ErrorText(
        "Formuläret kunde inte tas emot",
        "Formuläret kan ha varit öppet länge, eller så blockerar webbläsaren kakor. "
        "Gå tillbaka, uppdatera sidan och skicka formuläret på nytt.",
    ),
    "origin": ErrorText(
        "Formuläret kunde inte tas emot",
        "Webbläsaren berättade inte att formuläret skickades från den här webbplatsen. "
        "Ett tillägg kan hindra det. Öppna sidan på nytt i den här tjänsten och skicka formuläret därifrån, "
        "eller prova en annan webbläsare.",
    ),
}

OTHER_WORDS = {
    "fi": {
        "reference": "Tunniste",
        "home": "Etusivulle",
        "written": "Kirjoittamasi teksti on alla. Voit kopioida sen.",
    },
    "sv": {
        "reference": "Referens",
        "home": "Till startsidan",
        "written": "Texten du skrev finns nedan. Du kan kopiera den.",
    },
}


def halves(key: str, *, swedish_first: bool) -> list[dict[str, str]]:
    """Both halves of the page, the address's own language first."""
    both = [
        {"lang": "fi", "home_url": "/fi/", **FINNISH[key]._asdict(), **OTHER_WORDS["fi"]},
        {"lang": "sv-FI", "home_url": "/sv/", **SWEDISH[key]._asdict(), **OTHER_WORDS["sv"]},
    ]
    return both[::-1] if swedish_first else both
