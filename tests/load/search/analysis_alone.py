"""Our analysis without any backend: an index in memory; own language first, then by tier, then the newest."""

from bisect import bisect_left
from collections import defaultdict

from portal.search.analysis import analyse, understand


class AnalysisAlone:
    def __init__(self, texts):
        self._exact, self._base = defaultdict(set), defaultdict(set)
        self._spoken = {text.id: text.language for text in texts}
        for text in texts:
            tokens = analyse(text.text, text.language)
            for index, field in ((self._exact, tokens.exact), (self._base, tokens.base)):
                for token in field.split():
                    index[token].add(text.id)
        self._sorted = sorted(self._exact)

    def found(self, query, language, limit):
        """Texts that have every word, in the order of their worst word."""
        ranks = [self._ranks(sought) for sought in understand(query, language)]
        if not ranks:
            return []
        shared = set.intersection(*map(set, ranks))

        def place(number):
            return self._spoken[number] != language, max(rank[number] for rank in ranks), -number

        return sorted(shared, key=place)[:limit]

    def _ranks(self, sought):
        best_first = [
            self._exact.get(sought.exact, set()),
            self._any(sought.bases),
            self._any(sought.parts),
            self._beginning_with(sought.beginnings),
            self._any(sought.folded),
        ]
        found = {}
        for rank, numbers in enumerate(best_first):
            for number in numbers:
                found.setdefault(number, rank)
        return found

    def _any(self, tokens):
        return set().union(*(self._base.get(token, set()) for token in tokens))

    def _beginning_with(self, beginnings):
        found = set()
        for beginning in beginnings:
            for token in self._sorted[bisect_left(self._sorted, beginning) :]:
                if not token.startswith(beginning):
                    break
                found |= self._exact[token]
        return found
