"""The comments that search is measured on: real ones where REAL_DATA names their folder, never kept."""

import csv
import os
import random
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from . import made_up
from .judgement import Text

LANGUAGES = ("fi", "sv")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SEED = 20261123
GROWTH = 0.7
"""Heaps: n times the text has about n ** 0.7 times the words, as the real Finnish comments have."""


def words_of(text):
    """Words in lower case as the judge takes them, which is not how the search takes them."""
    return _WORD.findall(text.lower())


def texts():
    folder = os.environ.get("REAL_DATA")
    if not folder:
        return made_up.texts()
    path = Path(folder) / "comments" / "yle2015-comments.tsv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Text(number, row["language"], row["text"]) for number, row in enumerate(rows, start=1)]


def many(count):
    """So many texts: the given ones, then the same with new words among theirs, as more people would use.

    Copies alone would be an index that no more words come to. A new word is two words of the comments put
    together, which is how most new Finnish and Swedish words are made.
    """
    given = texts()
    yield from given[:count]
    if count > len(given):
        yield from islice(_varied(given, count), count - len(given))


def _varied(given, count):
    drawing = random.Random(SEED)
    known = {
        language: Counter(word for text in given if text.language == language for word in words_of(text.text))
        for language in LANGUAGES
    }
    shares = {language: _share_of_new(words, count / len(given)) for language, words in known.items()}
    stock = {language: sorted(word for word in words if len(word) > 3) for language, words in known.items()}

    def renewed(word, language):
        if not stock.get(language) or drawing.random() > shares[language]:
            return word[0]
        return drawing.choice(stock[language]) + word[0].lower()

    for number in range(len(given) + 1, count + 1):
        text = given[(number - 1) % len(given)]
        new = _WORD.sub(lambda word, language=text.language: renewed(word, language), text.text)
        yield Text(number, text.language, new)


def _share_of_new(words, times):
    """Of the words in the copies, so that vocabulary grows as a real one does."""
    if not words or times <= 1:
        return 0.0
    return len(words) * (times**GROWTH - 1) / (words.total() * (times - 1))
