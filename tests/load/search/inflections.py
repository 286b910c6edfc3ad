"""Hand-written inflections: the forms of a word, known without any analyser."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_AFTER_WEAK = ["n", "t", "lla", "lta", "lle", "ssa", "sta", "ksi", "tta"]
_AFTER_PLURAL = ["lla", "lta", "lle", "ssa", "sta", "ksi", "tta"]
_OWNERS = ["ni", "si", "nsa", "mme", "nne"]
_CLITICS = ["kin", "kaan", "ko", "han"]
_FRONT = str.maketrans("ao", "äö")


def words_of_lines(name):
    """The words of each line of a file in this folder, comments left out."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


class _Endings:
    """Endings in the harmony of the word: back vowels somewhere ask for back vowels."""

    def __init__(self, word):
        self.is_front = not set(_last_part(word)) & set("aou")

    def __call__(self, endings):
        return [ending.translate(_FRONT) if self.is_front else ending for ending in endings]


def _last_part(word):
    """Harmony is of a compound's last word; the compounds of the list end in these."""
    ends = ("kenttä", "koti", "kunta", "paikka", "keskus", "voima")
    return next((end for end in ends if word.endswith(end)), word)


def cases(line):
    """The forms of one word by number and case, without owners and clitics: {("s", "n"): ["kadun"], …}."""
    word, weak, strong, partitive, illative, inner, outer, genitives, partitives, illatives = line
    end = _Endings(word)
    found = {("s", ""): [word], ("s", "partitive"): partitive.split("/"), ("s", "illative"): [illative]}
    for name, ending in zip(_AFTER_WEAK, end(_AFTER_WEAK), strict=True):
        found["s", name] = [stem + ending for stem in weak.split("/")]
    found["s", "na"] = [strong + end(["na"])[0]]
    for name, ending in zip(_AFTER_PLURAL, end(_AFTER_PLURAL), strict=True):
        found["p", name] = [stem + ending for stem in inner.split("/")]
    found["p", "na"] = [outer + end(["na"])[0]]
    found["p", "genitive"] = genitives.split("/")
    found["p", "partitive"] = partitives.split("/")
    found["p", "illative"] = illatives.split("/")
    return found


def _owned(line, plain):
    """katuni, kadullaan, katujensa: an owner stands on the strong stem or behind the case."""
    word, strong, illative, genitives = line[0], line[2], line[4], line[7].split("/")
    end = _Endings(word)
    owners = end(_OWNERS)
    hosts = {strong, *(form.removesuffix("n") for form in [illative, *genitives])}
    hosts |= {form for form in plain if form[-1] in "aäe"}
    hosts |= {f"{form[:-1]}e" for form in plain if form.endswith("ksi")}
    found = {host + owner for host in hosts for owner in owners}
    return found | {host + host[-1] + "n" for host in hosts if host[-1] in "aäe"}


@cache
def finnish():
    """{base form: all its forms} of the list."""
    found = {}
    for line in words_of_lines("finnish_inflections.txt"):
        plain = {form for forms in cases(line).values() for form in forms}
        forms = plain | _owned(line, plain)
        clitics = _Endings(line[0])(_CLITICS)
        found[line[0]] = frozenset(forms | {form + clitic for form in forms for clitic in clitics})
    return found


@cache
def finnish_cases():
    return {line[0]: cases(line) for line in words_of_lines("finnish_inflections.txt")}


@cache
def swedish():
    """{base form: all its forms} of the list."""
    return {
        line[0]: frozenset([*line, *(form if form.endswith("s") else f"{form}s" for form in line)])
        for line in words_of_lines("swedish_inflections.txt")
    }


@cache
def by_form(language):
    """{form: base form} of all the listed words."""
    return {form: word for word, forms in listed(language).items() for form in forms}


def listed(language):
    return {"fi": finnish, "sv": swedish}[language]()
