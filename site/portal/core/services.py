"""Population figures: a file is checked to its last row before the first figure is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from .models import MunicipalityPopulation
from .page_cache import purge_on_commit
from .population import PopulationRow
from .signals import population_imported


class ImportResult(NamedTuple):
    added: int
    changed: int
    unchanged: int
    removed: int


@transaction.atomic
def import_population(rows: Sequence[PopulationRow]) -> ImportResult:
    """Write the figures of a checked file; rows that the file does not name stay as they are.

    A row without persons says that nobody has this figure: an older one is removed, none is invented.
    """
    known = {
        (figure.municipality_id, figure.year, figure.language): figure
        for figure in MunicipalityPopulation.objects.select_for_update()
    }
    added, changed, removed = [], [], []
    for row in rows:
        figure = known.get((row.municipality_id, row.year, row.language))
        if row.persons is None:
            if figure is not None:
                removed.append(figure.pk)
        elif figure is None:
            added.append(
                MunicipalityPopulation(
                    municipality_id=row.municipality_id,
                    year=row.year,
                    language=row.language,
                    persons=row.persons,
                    source=row.source,
                )
            )
        elif (figure.persons, figure.source) != (row.persons, row.source):
            figure.persons, figure.source = row.persons, row.source
            changed.append(figure)
    MunicipalityPopulation.objects.bulk_create(added, batch_size=500)
    MunicipalityPopulation.objects.bulk_update(changed, ["persons", "source"], batch_size=200)
    MunicipalityPopulation.objects.filter(pk__in=removed).delete()
    unchanged = len(rows) - len(added) - len(changed) - len(removed)
    population_imported.send(
        sender=MunicipalityPopulation, year=max((row.year for row in rows), default=0), rows=len(rows)
    )
    purge_on_commit()
    return ImportResult(len(added), len(changed), unchanged, len(removed))
