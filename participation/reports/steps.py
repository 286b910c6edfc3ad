"""The steps of a report: figures, charts, one file. Each reads the snapshot and what steps before
it left in the folder, and writes its one target."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import override

from . import content
from .files import FilePlan
from .labels import Labels
from .measures import Measures, measure
from .snapshot import Snapshot

Order = dict[str, Any]
Step = Callable[[Path, Path, Path, Order], None]
MEASURES = "measures.json"
CHARTS = "charts.json"


def dump(value: Any, target: Path) -> None:
    target.write_text(json.dumps(value, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def make_measures(snapshot: Path, folder: Path, target: Path, order: Order) -> None:
    dump(measure(Snapshot.open(snapshot)), target)


def make_charts(snapshot: Path, folder: Path, target: Path, order: Order) -> None:
    from .charts import charts

    opened = Snapshot.open(snapshot)
    measures = load(folder / MEASURES)
    dump(
        {language: dict(charts(opened.header, measures, language)) for language in order["languages"]}, target
    )


def make_file(snapshot: Path, folder: Path, target: Path, order: Order) -> None:
    plan = FilePlan(order["language"], order["format"], order["volume"])
    opened = Snapshot.open(snapshot)
    measures: Measures = load(folder / MEASURES)
    with override(plan.language):
        MAKERS[plan.format](opened, measures, folder, plan, target)


def make_pdf(opened: Snapshot, measures: Measures, folder: Path, plan: FilePlan, target: Path) -> None:
    from .writers.pdf import write_pdf

    if plan.volume:
        start, stop = measures["volumes"][plan.volume - 1]
        rows = opened.rows(start, stop)
        said = content.annex(opened.header, measures, rows, plan.language, plan.volume)
        write_pdf(said, target, {}, contents=False)
    else:
        said = content.report(opened.header, measures, opened.rows(), plan.language)
        write_pdf(said, target, load(folder / CHARTS)[plan.language])


def make_docx(opened: Snapshot, measures: Measures, folder: Path, plan: FilePlan, target: Path) -> None:
    from .writers.docx import write_docx

    said = content.report(opened.header, measures, opened.rows(), plan.language)
    write_docx(said, target, load(folder / CHARTS)[plan.language])


def make_xlsx(opened: Snapshot, measures: Measures, folder: Path, plan: FilePlan, target: Path) -> None:
    from .writers.xlsx import write_xlsx

    said = content.figures_only(opened.header, measures, plan.language)
    write_xlsx(said, measures, opened.rows(), Labels(opened.header, plan.language), target)


def make_csv(opened: Snapshot, measures: Measures, folder: Path, plan: FilePlan, target: Path) -> None:
    from .writers.csv_file import write_csv

    write_csv(measures["longest_text"], opened.rows(), Labels(opened.header, plan.language), target)


def make_json(opened: Snapshot, measures: Measures, folder: Path, plan: FilePlan, target: Path) -> None:
    from .writers.json_file import write_json

    said = content.figures_only(opened.header, measures, plan.language)
    write_json(said, measures, opened.rows(), Labels(opened.header, plan.language), target)


Maker = Callable[[Snapshot, Measures, Path, FilePlan, Path], None]
MAKERS: dict[str, Maker] = {
    "csv": make_csv,
    "docx": make_docx,
    "json": make_json,
    "pdf": make_pdf,
    "xlsx": make_xlsx,
}
STEPS: dict[str, Step] = {"charts": make_charts, "file": make_file, "measures": make_measures}
