"""A made-up twin of the comments: sentences with forms of listed words, judged by how they were made."""

import random
from collections import defaultdict
from functools import cache

from . import inflections
from .judgement import COMPOUND, FEWEST, ITSELF, MOST, Judged, Text

SEED = 20261123
COUNT = 10_000
_FILLING = {
    "fi": "ja että on se kun niin myös vain ei ole voi pitää tulee saa nyt aina usein siitä mutta koska jos",
    "sv": "och att är det när så också bara inte har kan måste ska får nu alltid ofta om men eftersom man",
}
# Not a form of the word, though it begins like one.
_STRANGERS = {
    "fi": "kirjailija sillalainen kalastaja kirkas leipoa autio kaupata merkki karhea koneikko lapsellinen",
    "sv": "skolastik skattkista bilda bokstav landa vägra husera elevation socialist busig",
}
_SECOND_PARTS = {"fi": "hanke lautakunta palvelu suunnitelma", "sv": "fråga plan tjänst nämnd"}
# How often Finnish uses its cases, in hundredths; the rest is shared by the others.
_USUAL = {"": 30, "n": 22, "partitive": 15, "genitive": 22, "ssa": 6, "sta": 6, "illative": 6, "t": 6}


@cache
def texts():
    return _made()[0]


@cache
def judged(language):
    return _made()[1][language]


@cache
def _made():
    drawing = random.Random(SEED)
    wanted = defaultdict(list)
    gold = {"fi": [], "sv": []}
    free = {"fi": iter(range(1, COUNT - 600)), "sv": iter(range(COUNT - 600, COUNT + 1))}
    for language in gold:
        for word in sorted(inflections.listed(language)):
            gains = {}
            for gain, most in ((ITSELF, MOST if language == "fi" else 9), (COMPOUND, 4)):
                for _n in range(drawing.randint(FEWEST if gain == ITSELF else 0, most)):
                    number = next(free[language])
                    gains[number] = gain
                    wanted[number].append(_form(drawing, word, language, gain))
            gold[language].append(Judged(word, language, gains))
    made = []
    for number in range(1, COUNT + 1):
        language = "sv" if number >= COUNT - 600 else "fi"
        made.append(Text(number, language, _sentence(drawing, wanted[number], language)))
    return made, gold


def _form(drawing, word, language, gain):
    if gain == COMPOUND:
        return word + drawing.choice(_SECOND_PARTS[language].split())
    if language == "sv":
        return drawing.choice(sorted(inflections.swedish()[word]))
    cases = inflections.finnish_cases()[word]
    keys = sorted(cases)
    weights = [_USUAL.get(case, 1) / (1 if number == "s" else 2) for number, case in keys]
    form = drawing.choice(cases[drawing.choices(keys, weights)[0]])
    return form + "kin" if drawing.random() < 0.03 else form


def _sentence(drawing, wanted, language):
    filling = drawing.choices(_FILLING[language].split(), k=drawing.randint(5, 25))
    strangers = drawing.sample(_STRANGERS[language].split(), k=1)
    words = [*filling, *strangers, *wanted]
    drawing.shuffle(words)
    return " ".join(words).capitalize() + "."
