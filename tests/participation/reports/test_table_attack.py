"""All tables of a report together, attacked with linear algebra: no small group is the only solution."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.reports.measures.representation import representation, residents_by_municipality
from participation.reports.measures.tables import all_tables
from participation.reports.measures.tally import tally
from participation.reports.suppression import THRESHOLD

from . import made_up

GROUPS = {"section": "part_id", "municipality": "municipality", "age": "age_class", "role": "role"}

people = st.lists(
    st.tuples(
        st.sampled_from([part["id"] for part in made_up.PARTS]),
        st.sampled_from([*made_up.MUNICIPALITIES, "other_finland", "abroad", "not_said"]),
        st.sampled_from(["15_17", "18_29", "30_44", "not_said"]),
        st.sampled_from(["resident", "staff", "elected", "not_said"]),
        st.sampled_from(["fi", "sv", "other"]),
    ),
    min_size=1,
    max_size=90,
)


def as_row(number, person):
    part, municipality, age, role, language = person
    return made_up.row(
        number, part_id=part, municipality=municipality, age_class=age, role=role, language=language
    )


def solved(equations, unknowns):
    """Unknowns that the equations determine: Gauss–Jordan over rationals."""
    names = sorted(unknowns)
    matrix = [[Fraction(row.get(name, 0)) for name in names] for row in equations]
    pivots = []
    for column in range(len(names)):
        line = next((n for n in range(len(pivots), len(matrix)) if matrix[n][column]), None)
        if line is None:
            continue
        matrix[len(pivots)], matrix[line] = matrix[line], matrix[len(pivots)]
        pivot = matrix[len(pivots)]
        scale = pivot[column]
        pivot[:] = [value / scale for value in pivot]
        for n, other in enumerate(matrix):
            if n != len(pivots) and other[column]:
                factor = other[column]
                other[:] = [a - factor * b for a, b in zip(other, pivot, strict=True)]
        pivots.append(column)
    return {
        names[column] for line, column in enumerate(pivots) if sum(1 for value in matrix[line] if value) == 1
    }


def equations_of(tables, compared):
    """Every printed sum over hidden cells: each table's total, and the base of the comparisons."""
    equations, unknowns = [], set()
    for key, table in tables.items():
        hidden = [(key, row["code"]) for row in table["rows"] if row["hidden"]]
        if hidden:
            unknowns |= set(hidden)
            equations.append(dict.fromkeys(hidden, 1))
    for key, shown in compared.items():
        printed = {row["code"] for row in shown["rows"] if "share" in row}
        if shown["base"] is not None:
            # What the base says beyond the cells printed beside it.
            visible = sum(row["writers"] for row in tables[key]["rows"] if row["code"] in printed)
            if shown["base"] != visible:
                equations.append({(key, row["code"]): 1 for row in tables[key]["rows"] if row["hidden"]})
    return equations, unknowns


@settings(max_examples=150, deadline=None)
@given(people)
def test_no_small_group_can_be_solved_from_all_tables_together(persons):
    header = made_up.header()
    counted = tally(as_row(number, person) for number, person in enumerate(persons))
    tables = all_tables(header, counted, residents_by_municipality(header))
    compared = representation(header, tables)
    for key, table in tables.items():
        for row in table["rows"]:
            if not row["hidden"]:
                assert row["writers"] == 0 or row["writers"] >= THRESHOLD, (key, row)
    for shown in (compared["municipality"], compared["language"]):
        for row in shown["rows"]:
            assert row["hidden"] is ("writers" not in row)
    equations, unknowns = equations_of(tables, {key: compared[key] for key in ("municipality", "language")})
    known = solved(equations, unknowns)
    # One group alone can be told from the total of the hearing, which every report says.
    lonely = {(key, table["rows"][0]["code"]) for key, table in tables.items() if len(table["rows"]) == 1}
    assert not known - lonely
