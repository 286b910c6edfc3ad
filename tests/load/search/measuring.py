"""One backend asked for all words of a set, and what came of it."""

import statistics
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from portal.search import analysis, finnish

from . import gold, metrics

ASKED = 500
"""Results asked for, so that 20 are left when those in the other language have been passed over."""
SETS = {"drawn": gold.drawn, "listed by hand": gold.listed, "frequent": gold.frequent}


@dataclass(frozen=True)
class Quality:
    """Means over the words of a set."""

    backend: str
    language: str
    words: str
    count: int
    recall: float
    low: float
    high: float
    recall_with_compounds: float
    precision: float
    ndcg: float
    missed: dict[str, list[int]]
    """By word, the relevant texts that were not among the first 20, worst word first."""

    def line(self):
        recall = "–" if self.words == "frequent" else f"{self.recall:.3f} ({self.low:.3f}–{self.high:.3f})"
        compounds = "–" if self.words == "frequent" else f"{self.recall_with_compounds:.3f}"
        named = f"{self.language}, {self.count} words {self.words}"
        cells = [named, self.backend, recall, compounds, f"{self.precision:.3f}", f"{self.ndcg:.3f}"]
        return _COLUMNS.format(*cells)


_COLUMNS = "{:<32}{:<44}{:>22}{:>16}{:>14}{:>10}"
HEADING = _COLUMNS.format("words", "backend", "recall@20 (95 %)", "… of compounds", "precision@10", "nDCG@10")


def qualities(backend, found, texts, languages=("fi", "sv")):
    """One for each language and set of words; `found` is asked (query, language, limit) for ids in order."""
    spoken = {text.id: text.language for text in texts}
    return [
        quality(backend, found, words, name, spoken)
        for language in languages
        for name, choose in SETS.items()
        if (words := choose(language))
    ]


def quality(backend, found, words, name, spoken):
    recalls, with_compounds, precisions, ndcgs, missed = [], [], [], [], {}
    for judged in words:
        answered = found(judged.word, judged.language, ASKED)
        shown = [number for number in answered if spoken[number] == judged.language]
        recalls.append(metrics.recall(shown, judged.relevant))
        with_compounds.append(metrics.recall(shown, judged.related))
        precisions.append(metrics.precision(shown, judged.related))
        ndcgs.append(metrics.ndcg(shown, judged.gains))
        if recalls[-1] < 1:
            missed[judged.word] = sorted(judged.relevant - set(shown[:20]))
    low, high = metrics.interval(recalls)
    return Quality(
        backend=backend,
        language=words[0].language,
        words=name,
        count=len(words),
        recall=statistics.fmean(recalls),
        low=low,
        high=high,
        recall_with_compounds=statistics.fmean(with_compounds),
        precision=statistics.fmean(precisions),
        ndcg=statistics.fmean(ndcgs),
        missed=dict(sorted(missed.items(), key=lambda item: -len(item[1]))),
    )


@contextmanager
def voikko(*, is_used):
    """With Voikko, or as on a machine that has none; what was remembered of words is forgotten."""
    if is_used and not finnish.has_voikko():
        pytest.skip("Voikko is not installed")
    with pytest.MonkeyPatch.context() as patch:
        if not is_used:
            patch.setattr(finnish, "has_voikko", lambda: False)
        _forget()
        yield
    _forget()


def _forget():
    for module in (finnish, analysis):
        for name, remembered in vars(module).items():
            if hasattr(remembered, "cache_clear") and name != "has_voikko":
                remembered.cache_clear()
