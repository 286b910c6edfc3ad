"""The codes of problems as plain English sentences.

What was wrong, with the value, and what would be right. Finnish and Swedish are made of the same codes by
the web site. `{value}` and `{expected}` are the problem's own.
"""

from budgeting.counting.pabulib import Code, ErrorCode, Problem, WarningCode

SENTENCES: dict[Code, str] = {
    ErrorCode.UNREADABLE: "the file cannot be opened: {value}",
    ErrorCode.TOO_LARGE: "the file is larger than the {expected} bytes allowed",
    ErrorCode.NOT_UTF8: "{value} is no UTF-8 text: save the file as UTF-8",
    ErrorCode.NUL_CHARACTER: "{value} does not belong in a text: the file may be broken",
    ErrorCode.QUOTE_NOT_CLOSED: "a quotation mark of this row is never closed: close it, and double the marks"
    " inside a quoted field",
    ErrorCode.TEXT_AFTER_QUOTE: "a field goes on after its closing quotation mark: quote the whole field and"
    " double the marks inside it",
    ErrorCode.TOO_MANY_PROBLEMS: "more than {expected} things are wrong or odd in this file",
    ErrorCode.TOO_MANY_LINES: "the file has more than the {expected} lines allowed",
    ErrorCode.ROW_TOO_LONG: "the row is longer than the {expected} characters allowed",
    ErrorCode.FIELD_TOO_LONG: "a field of this row is longer than the {expected} characters allowed",
    ErrorCode.TOO_MANY_COLUMNS: "the row has {value} fields, {expected} are allowed",
    ErrorCode.TOO_MANY_ROWS: "the section has more than the {expected} rows allowed",
    ErrorCode.TEXT_BEFORE_SECTIONS: "{value} stands before the first section: begin the file with {expected}",
    ErrorCode.MISSING_SECTION: "the section {expected} is missing: it must begin here",
    ErrorCode.REPEATED_SECTION: "{value} begins one section too many: there are META, PROJECTS and VOTES, in"
    " this order and once each",
    ErrorCode.MISSING_HEADER: "the section has no row of column names",
    ErrorCode.MISSING_COLUMN: "the section has no column {expected}",
    ErrorCode.UNNAMED_COLUMN: "the column has no name",
    ErrorCode.REPEATED_COLUMN: "there is more than one column {value}",
    ErrorCode.COLUMN_ORDER: "the section begins with other columns than {expected}, in this order",
    ErrorCode.RESERVED_WORD: "{value} is the name of a section and cannot begin a row",
    ErrorCode.MISSING_KEY: "the key {expected} is missing or has no value",
    ErrorCode.UNNAMED_KEY: "the value {value} has no key",
    ErrorCode.REPEATED_KEY: "the key {value} stands here for the second time",
    ErrorCode.MISSING_ID: "the row has no id",
    ErrorCode.REPEATED_ID: "the id {value} stands here for the second time",
    ErrorCode.COMMA_IN_ID: "the id {value} holds a comma, which parts ids from one another in votes",
    ErrorCode.MISSING_VALUE: "the number is missing",
    ErrorCode.UNKNOWN_VALUE: "{value} is not one of {expected}",
    ErrorCode.NOT_A_NUMBER: "{value} is no number: write digits and a point before decimals, nothing else",
    ErrorCode.NOT_WHOLE: "{value} is no whole number",
    ErrorCode.NEGATIVE: "{value} is below zero",
    ErrorCode.TOO_MANY_DIGITS: "{value} has more than the {expected} digits allowed",
    ErrorCode.UNKNOWN_PROJECT: "the vote is for {value}, which is no project_id of PROJECTS",
    ErrorCode.POINTS_LENGTH: "there are {value} points for {expected} projects: one number for each project",
    ErrorCode.TOO_MANY_ITEMS: "the list has {value} items, {expected} are allowed",
    ErrorCode.TOO_MANY_CHOICES: "the ballots name more than the {expected} projects allowed, all together",
    WarningCode.CONTROL_CHARACTER: "the control character {value} stands in a text: it is kept",
    WarningCode.EMPTY_LINE: "the line is empty",
    WarningCode.ROW_SHORT: "the row has {value} fields of {expected}: the others are taken as empty",
    WarningCode.ROW_LONG: "{value} stands beyond the {expected} columns: it is kept, but not read",
    WarningCode.EMPTY_ITEM: "the list {value} has an empty place, which is passed over",
    WarningCode.DECIMAL_COMMA: "{value} is read as {expected}",
    WarningCode.RENAMED_COLUMN: "the column {value} is now called {expected}",
    WarningCode.KEY_MISSING: "the key {expected} is missing or has no value",
    WarningCode.LIST_LENGTH: "the list has {value} numbers for {expected}: it is not applied",
    WarningCode.COUNT_DIFFERS: "{value} is stated, {expected} are in the file",
    WarningCode.VOTES_DIFFER: "{value} votes are stated, the ballots come to {expected}",
    WarningCode.SCORE_DIFFERS: "a score of {value} is stated, the ballots come to {expected}",
    WarningCode.COST_ZERO: "the project costs nothing",
    WarningCode.COST_LOW: "the cost {value} is below the least allowed, {expected}",
    WarningCode.COST_HIGH: "the cost {value} is above the most allowed, {expected}",
    WarningCode.COST_ABOVE_BUDGET: "the cost {value} is above the whole budget, {expected}",
    WarningCode.CATEGORY_UNKNOWN: "the category {value} is not in META: there are {expected}",
    WarningCode.PROJECT_WITHDRAWN: "the cost {value} means that the project was withdrawn: it is not funded",
    WarningCode.PROJECT_TWICE: "the ballot names {value} again: it counts once, where it stands first",
    WarningCode.BALLOT_SHORT: "the ballot names {value}, the least allowed is {expected}",
    WarningCode.BALLOT_LONG: "the ballot names {value}, the most allowed is {expected}",
    WarningCode.BALLOT_CHEAP: "the projects of the ballot cost {value}, the least allowed is {expected}",
    WarningCode.BALLOT_DEAR: "the projects of the ballot cost {value}, the most allowed is {expected}",
    WarningCode.POINTS_LOW: "the ballot gives a project {value} points, the least allowed is {expected}",
    WarningCode.POINTS_HIGH: "the ballot gives a project {value} points, the most allowed is {expected}",
    WarningCode.POINTS_SUM_LOW: "the ballot gives {value} points in all, the least allowed is {expected}",
    WarningCode.POINTS_SUM_HIGH: "the ballot gives {value} points in all, the most allowed is {expected}",
    WarningCode.POINTS_UNUSED: "points are not counted where the vote_type is {value}",
    WarningCode.RANKS_DIFFER: "the points {value} are not the ranks of the ballot: it counts as {expected}",
    WarningCode.DEFAULT_SCORE_UNUSED: "{value} points for projects not named are not counted",
    WarningCode.SCORING_UNUSED: "ranks are not counted by {value}, but from 1 for the last named upwards",
}


def sentence(problem: Problem) -> str:
    """On one line, whatever the file holds: a terminal obeys control characters."""
    expected = (" and " if problem.code is ErrorCode.COLUMN_ORDER else " or ").join(problem.expected)
    return visible(SENTENCES[problem.code].format(value=problem.value, expected=expected))


def visible(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)


def place(problem: Problem) -> str:
    parts = []
    if problem.line is not None:
        parts.append(f"line {problem.line}")
    if problem.column is not None:
        parts.append(f"column {problem.column}")
    if problem.field:
        parts.append(visible(problem.field))
    return ", ".join(parts)
