"""Making the list of words that misspelt ones are compared with."""

from collections import Counter, defaultdict

from django.db import transaction

from ..analysis import BREAK, KNOWN_LANGUAGES
from ..backends.database import visible
from ..models import SearchWord
from ..scope import present_scope
from ..spelling import forget_words

SHORTEST = 4
MOST_WORDS = 200_000
BATCH = 2_000


def make_word_list() -> int:
    """Replaces the list by the words of what may be found now; returns how many there are."""
    entries: dict[str, Counter[str]] = defaultdict(Counter)
    rows = visible(present_scope()).filter(language__in=KNOWN_LANGUAGES)
    for language, exact in rows.order_by().values_list("language", "exact").iterator(chunk_size=BATCH):
        entries[language].update(
            {word for word in exact.split() if len(word) >= SHORTEST and word.isalpha() and word != BREAK}
        )
    words = [
        SearchWord(language=language, word=word, entries=number)
        for language, counted in sorted(entries.items())
        for word, number in sorted(counted.most_common(MOST_WORDS))
    ]
    # Whoever makes it at the same time has the same words.
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(words, batch_size=BATCH, ignore_conflicts=True)
    forget_words()
    return len(words)
