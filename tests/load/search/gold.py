"""The gold set: words in base form, and which comments have them, by judges that are not under test.

A judge is a hand-written list of inflected forms where there is one for the word (inflections.py), else
simplemma. Neither Voikko nor Snowball nor our own inflections take part in choosing words or in judging.

**Compounds.** A comment that has a word only inside a compound (`kirjastoauto` for `kirjasto`) is no mistake
to show, but the word itself comes first. So recall is of comments that have the word itself, which every
backend can be asked for; precision takes both for right; nDCG gives a compound half the gain of the word.
Recall with the compounds counted in is printed beside.

Comments in the other language are not judged: they are passed over wherever a backend shows them.
"""

import hashlib
import os
from collections import defaultdict
from functools import cache

from . import comments, inflections, made_up, other_analyser
from .judgement import COMPOUND, FEWEST, ITSELF, MOST, Judged

SEED = int(os.environ.get("BENCH_SEED", "20261123"))
"""Another seed draws other words."""
MOST_WORDS = {"fi": 100, "sv": 60}
FREQUENT = {
    "fi": "vero koulu työ lapsi kunta raha palvelu eläke yritys laki valtio hallitus nuori kieli ihminen "
    "talous terveys tulo opiskelija työnantaja kansalainen perhe eläin äiti auto kauppa",
    "sv": "skola barn arbete språk land människa kommun samhälle skatt svensk finsk",
}


@cache
def function_words():
    """Closed classes of Swedish: nobody looks for them alone, and in few comments they are rare."""
    lines = inflections.words_of_lines("swedish_function_words.txt")
    return frozenset(word for line in lines for word in line)


@cache
def drawn(language):
    """The words of the bars: drawn by the seed from all that are in 3–20 comments."""
    if not os.environ.get("REAL_DATA"):
        return made_up.judged(language)
    judge = _Judge.of(language)
    fitting = [
        word
        for word, numbers in judge.by_lemma.items()
        if FEWEST <= len(numbers) <= MOST
        and other_analyser.is_base_form(word, language)
        and not (language == "sv" and word in function_words())
    ]
    return judge.judged(sorted(fitting, key=_lot)[: MOST_WORDS[language]])


def _lot(word):
    """The same for a word whatever others there are: a mended judge leaves the rest of the draw alone."""
    return hashlib.sha256(f"{SEED} {word}".encode()).digest()


@cache
def listed(language):
    """Words with a hand-written list that are in 3–20 comments."""
    if not os.environ.get("REAL_DATA"):
        return []
    judge = _Judge.of(language)
    words = sorted(inflections.listed(language))
    return [one for one in judge.judged(words) if FEWEST <= len(one.relevant) <= MOST]


@cache
def frequent(language):
    """Words that more comments have than are shown at once: for precision."""
    if not os.environ.get("REAL_DATA"):
        return []
    return [one for one in _Judge.of(language).judged(FREQUENT[language].split()) if len(one.relevant) > MOST]


def word_of(form, language):
    """By list where the word has one: a form that the list lacks is none of the word's."""
    listed = inflections.by_form(language).get(form)
    if listed:
        return listed
    found = other_analyser.lemma(form, language)
    return form if found in inflections.listed(language) else found


class _Judge:
    """Which of the real comments of a language have which words."""

    def __init__(self, language, texts):
        self.language = language
        self.by_form = defaultdict(set)
        for text in texts:
            if text.language == language:
                for form in comments.words_of(text.text):
                    self.by_form[form].add(text.id)
        self.by_lemma = defaultdict(set)
        self.by_piece = defaultdict(set)
        for form, numbers in self.by_form.items():
            self.by_lemma[word_of(form, language)] |= numbers
        for whole in filter(lambda lemma: "-" in lemma, self.by_lemma):
            for piece in filter(None, whole.split("-")):
                self.by_piece[other_analyser.lemma(piece, language)].add(whole)

    @classmethod
    @cache
    def of(cls, language):
        return cls(language, comments.texts())

    def judged(self, words):
        compounds = other_analyser.compounds(self.by_lemma, words, self.language)
        found = []
        for word in words:
            gains = {
                number: COMPOUND
                for whole in compounds[word] | self.by_piece.get(word, set()) - {word}
                for number in self.by_lemma[whole]
            }
            gains |= dict.fromkeys(self.by_lemma[word], ITSELF)
            found.append(Judged(word, self.language, gains))
        return found
