"""Personal data in what people write. What is found holds a text for a moderator; it refuses nothing.

Anybody may send anything: every pattern is bounded, so that no text takes long to read.
"""

import re
import unicodedata
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from stdnum import iban
from stdnum.fi import hetu

from .enums import ContributionLanguage, HoldReason

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")

_IDENTITY_CODE = re.compile(r"(?<![\w-])\d{6}\s?[-+A-FU-Ya-fu-y]\s?\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?![\w-])")
_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]{1,63}(?:\.[\w-]{1,63})+", re.IGNORECASE
)
_TELEPHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\d{1,3}[\s-]?(?:\(0\)\s?)?\d|\(?0[1-9])\d{0,3}\)?(?:[\s-]?\d){5,9}(?![\d-]|[.,]\d)"
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")
_HOME = re.compile(
    r"(?:katu|tie|kuja|polku|kaari|rinne|raitti|ranta|väylä|gatan|vägen|gränden|stigen|stranden)"
    r"\s+\d{1,3}\s*[a-zåäö]{1,2}\s*\d{1,3}\b",
    re.IGNORECASE,
)

_CLOSE_FI = "lapsellani|miehelläni|vaimollani|äidilläni|isälläni|pojallani|tyttärelläni"
_HAS_FI = "(?:on|oli|todettiin|diagnosoitiin)"
_CLOSE_SV = r"(?:mitt\s+barn|min\s+(?:man|fru|son|dotter|mamma|mor|pappa|far))"
_ILLNESSES_FI = (
    r"(?:diabete\w*|syöp\w*|masennu\w*|ahdistu\w*|skitsofreni\w*|psykoos\w*|bipolaari\w*|kaksisuuntai\w*|adhd\w*|"
    r"autism\w*|epilepsi\w*|muistisairau\w*|alzheimer\w*|parkinson\w*|ms-tau\w*|sydänsairau\w*|astma\w*|"
    r"päihdeongelm\w*|alkoholiriippuvu\w*|hiv\w*|hepatiit\w*|keskenmen\w*|sairau\w*|diagnoosi\w*)"
)
_ILLNESSES_SV = (
    r"(?:diabetes\w*|cancer\w*|depression\w*|ångest\w*|schizofreni\w*|psykos\w*|bipolär\w*|adhd\w*|autism\w*|"
    r"epilepsi\w*|minnessjukdom\w*|alzheimer\w*|parkinson\w*|ms-sjuk\w*|hjärtsjuk\w*|astma\w*|missbruk\w*|"
    r"alkoholberoende\w*|hiv\w*|hepatit\w*|missfall\w*|diagnos\w*|sjukdom\w*)"
)
_HEALTH = re.compile(
    "|".join(
        (
            rf"\b(?:minulla|mulla|{_CLOSE_FI})\s+{_HAS_FI}(?:\s+\w+){{0,3}}?\s+{_ILLNESSES_FI}",
            rf"\b(?:sairastan|sairastin|sairastuin)(?:\s+\w+){{0,2}}?\s+{_ILLNESSES_FI}",
            r"\b(?:minun\s+)?(?:diagnoosini|sairauteni|lääkitykseni|syöpäni|masennukseni)\b",
            rf"\bjag\s+(?:har|hade|fick|lider\s+av|insjuknade\s+i)(?:\s+\w+){{0,3}}?\s+{_ILLNESSES_SV}",
            rf"\b{_CLOSE_SV}\s+(?:har|hade|fick|lider\s+av)(?:\s+\w+){{0,3}}?\s+{_ILLNESSES_SV}",
            r"\bmin\s+(?:diagnos|sjukdom|medicinering|cancer|depression)\b",
        )
    ),
    re.IGNORECASE,
)

SHORTEST_FOR_DETECTION = 25
"""Characters below which a guess of the language says more about chance than about the text."""


def hold_reasons(*texts: str) -> list[HoldReason]:
    """Why these texts of one contribution need a moderator's eye, in the order of the enumeration."""
    text = _comparable("\n".join(texts))
    found = []
    if any(_is_identity_code(match.group()) for match in _IDENTITY_CODE.finditer(text)):
        found.append(HoldReason.IDENTITY_CODE)
    if _has_contact_details(text):
        found.append(HoldReason.CONTACT_DETAILS)
    if _HEALTH.search(text):
        found.append(HoldReason.HEALTH_DATA)
    return found


def _comparable(text: str) -> str:
    """Full-width digits, invisible characters and typographic dashes hide nothing."""
    return _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def _is_identity_code(candidate: str) -> bool:
    """A right check character, or a letter in its place: a mistyped code still points at a person."""
    code = re.sub(r"\s", "", candidate).upper()
    if hetu.is_valid(code, allow_temporary=True):
        return True
    day, month = int(code[:2]), int(code[2:4])
    return code[-1].isalpha() and 1 <= day <= 31 and 1 <= month <= 12


def _has_contact_details(text: str) -> bool:
    if _EMAIL.search(text) or _TELEPHONE.search(text) or _HOME.search(text):
        return True
    return any(iban.is_valid(match.group()) for match in _ACCOUNT.finditer(text.upper()))


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["fi", "sv", "en"])
    return identifier


def detect_language(text: str) -> str:
    """A guess of the language, only to alert staff; empty when the text is too short to tell."""
    if len(text) < SHORTEST_FOR_DETECTION:
        return ""
    code, _score = _identifier().classify(text)
    known = (ContributionLanguage.FINNISH, ContributionLanguage.SWEDISH)
    return str(code) if code in known else ContributionLanguage.OTHER.value
