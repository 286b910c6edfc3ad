"""Stems by Snowball, one stemmer for each thread: they keep the word they are at."""

import threading

import snowballstemmer


class _Stemmers(threading.local):
    def __init__(self) -> None:
        self.by_name: dict[str, snowballstemmer.SwedishStemmer] = {}


_stemmers = _Stemmers()


def stem(word: str, algorithm: str) -> str:
    """The stem of a word in lower case; `algorithm` is Snowball's name of the language."""
    stemmer = _stemmers.by_name.get(algorithm)
    if stemmer is None:
        stemmer = _stemmers.by_name[algorithm] = snowballstemmer.stemmer(algorithm)
    found: str = stemmer.stemWord(word)
    return found
