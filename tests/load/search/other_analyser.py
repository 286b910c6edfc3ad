"""The judge of words that no list has: simplemma, which shares no rules and no dictionary with the search."""

from functools import cache
from pathlib import Path

import simplemma

CORRECTED = Path(__file__).parent / "corrected_lemmas.txt"

# Endings that a dictionary has as words, but that make a derivation of what stands before them.
_ENDINGS = {
    "fi": "lainen läinen mainen mäinen moinen minen esti isoida maatti nomia",
    "sv": "skap dom het else ning inga",
}
_SHORT_WORDS = {
    "fi": "työ tie maa puu pää osa ala ero etu apu olo",
    "sv": "lag väg bil ort tid del bok råd liv mål val",
}
# Words of compounds alone, which no dictionary of words has.
_ONLY_FIRST = "lähi etä esi jälki uus pien erikois yleis ammatti kansain ulko sisä keski moni eri"
SHORTEST_PART, SHORTEST_FIRST = 4, 3
# Endings that are words too: kirjastossamme, kirjastokaan.
_INFLECTIONS = (
    "ansa änsä ensa ella ellä alla ilta iltä isiin amme ämme emme imme akin äkin ekin taan tään naan nään "
    "jaan jään akaan äkään jäkin jenkin näkin nakin köhän itämme iltaan ineen seen takin täkin jakin itaan "
    "itään ellaan ellään takaan enkin inkin inaan staan tensa"
)


@cache
def lemma(form, language):
    """The word that a form is of."""
    if corrected := _corrections().get((language, form)):
        return corrected
    found = simplemma.lemmatize(form, lang=language).lower()
    if language == "fi":
        return _finnish(form, found)
    return found


def _finnish(form, found):
    """Two mistakes of simplemma's: todellista is no form of todellistaa, rantarata none of ranta."""
    adjective = f"{form[:-3]}nen"
    if found[:-1] == form and form.endswith(("ista", "istä")) and is_known(adjective, "fi"):
        return adjective
    rest = form.removeprefix(found)
    if (
        rest != form
        and len(rest) >= SHORTEST_PART
        and rest not in _INFLECTIONS.split()
        and is_known(rest, "fi")
    ):
        return form
    return found


@cache
def _corrections():
    rows = [line.split() for line in CORRECTED.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {(language, form): word for language, word, *forms in rows for form in forms}


@cache
def is_known(form, language):
    return simplemma.is_known(form, lang=language)


def is_base_form(word, language):
    return word.isalpha() and len(word) > 2 and is_known(word, language) and lemma(word, language) == word


def compounds(lemmas, words, language):
    """{word: lemmas that are compounds with it} of the words asked for: either of two parts is the word.

    A compound that the dictionary lacks may be inflected, since it is its own lemma then.
    """
    found = {word: set() for word in words}
    beginnings = {beginning: word for word in words for beginning in _beginnings(word, language)}
    for whole in lemmas:
        for place in range(SHORTEST_FIRST, len(whole) - 2):
            first, last = whole[:place], whole[place:]
            if not _is_last_part(last, language):
                continue
            if first in beginnings:
                found[beginnings[first]].add(whole)
            if lemma(last, language) in found and _is_first_part(first, language):
                found[lemma(last, language)].add(whole)
    return {word: wholes - {word} for word, wholes in found.items()}


def _beginnings(word, language):
    """How the word begins a compound: kansalainen: kansalais-; skola: skol-; kyrka: kyrko-."""
    yield word
    if language == "fi":
        yield from [word[:-3] + "s"] if word.endswith("nen") else []
        yield from (form for form in genitives(word) if form != word)
    else:
        yield f"{word}s"
        if word[-1] in "ae" and len(word) > SHORTEST_PART:
            yield from (word[:-1], f"{word[:-1]}o", f"{word[:-1]}u", f"{word[:-1]}s")


def genitives(word):
    """Candidates that the dictionary itself takes back to the word: katu → kadun."""
    weak = [("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll")]
    weak += [("rt", "rr"), ("t", "d"), ("p", "v"), ("k", "")]
    made = {f"{word}n", f"{word}en", f"{word[:-1]}den", f"{word[:-1]}ksen"}
    for strong, other in weak:
        before, met, after = word.rpartition(strong)
        if met and len(after) == 1:
            made.add(f"{before}{other}{after}n")
    return {form for form in made if is_known(form, "fi") and lemma(form, "fi") == word}


def _is_last_part(last, language):
    long_enough = len(last) >= SHORTEST_PART or last in _SHORT_WORDS[language].split()
    return long_enough and last not in _ENDINGS[language].split() and is_known(last, language)


def _is_first_part(first, language):
    if language == "fi":
        is_stem = first.endswith("s") and is_known(f"{first[:-1]}nen", language)
        is_case = first.endswith("n") or lemma(first, language) == first
        return is_stem or first in _ONLY_FIRST.split() or (is_known(first, language) and is_case)
    candidates = (first, first.removesuffix("s"), f"{first}a", f"{first[:-1]}a")
    return any(is_known(one, language) for one in candidates)
