"""The codes of a count as plain English sentences; the web site has its own in Finnish and Swedish."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from budgeting.counting.commands.tables import decimal, money
from budgeting.counting.results import Basis, PaymentCode, ProjectResult, Reason, ReasonCode, Support

SENTENCES = {
    ReasonCode.FUNDED: "funded",
    ReasonCode.WITHDRAWN: "withdrawn after the vote began",
    ReasonCode.BELOW_THRESHOLD: "its score {score} is below the threshold {threshold}",
    ReasonCode.DID_NOT_FIT: "did not fit: {left} was left, it costs {needed}",
    ReasonCode.COUNT_ENDED: "the count ended with {project}",
    ReasonCode.CONFLICT: "{project} was funded, and only one of the two may be",
    ReasonCode.CAP_REACHED: "of the cap of {category} {left} was left, it costs {needed}",
    ReasonCode.SUPPORTERS_SHORT: "its supporters had {left} of the {needed} needed",
    ReasonCode.NO_SUPPORTERS: "nobody supports it",
    ReasonCode.DEARER_THAN_BUDGET: "it costs {needed}, more than the whole budget {left}",
}

PAYMENTS = {
    PaymentCode.FULL: "paid in full",
    PaymentCode.ALL_THEY_HAD: "paid all they had left",
    PaymentCode.NOTHING_LEFT: "had nothing left",
    PaymentCode.WHAT_WAS_MISSING: "paid the difference from the load they had",
}

# How many projects are named that took the money of a project's supporters.
MOST_NAMED = 3


def amount(value: Decimal | Fraction | None) -> str:
    return money(value) if isinstance(value, Decimal) else decimal(value)


def filled(reason: Reason) -> str:
    return SENTENCES[reason.code].format(
        score=decimal(reason.score),
        threshold=decimal(reason.threshold),
        left=amount(reason.left),
        needed=amount(reason.needed),
        project=reason.project,
        category=reason.category,
    )


def reason_sentence(project: ProjectResult) -> str:
    sentence = filled(project.reason)
    if project.reason.code is ReasonCode.SUPPORTERS_SHORT and project.support and project.support.spent_on:
        return f"{sentence}; their money went to {named(project.support)}"
    return sentence


def named(support: Support) -> str:
    names = [spending.project for spending in support.spent_on]
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def explanation(project: ProjectResult) -> list[str]:
    """Everything that is known of one project, a line for each thing."""
    return [
        f"{project.id} {' '.join(project.name.split())}".rstrip(),
        f"cost {money(project.cost)}, score {decimal(project.score)}, supporters {project.supporters}",
        funded(project) if project.funded else reason_sentence(project),
        *price(project),
        *payments(project),
        *changes(project),
    ]


def price(project: ProjectResult) -> list[str]:
    lines = []
    if project.price is not None:
        lines.append(f"price per vote {decimal(project.price)}")
        if not project.funded and project.round is not None:
            lines[0] += f" in round {project.round}, the last in which its supporters could have paid"
    if project.effective_support is not None:
        votes = decimal(project.effective_support)
        lines.append(f"effective support {votes}: so many votes paid in full would give the same price")
    return lines


def payments(project: ProjectResult) -> list[str]:
    """What its supporters paid for it, or for others."""
    lines = [
        f"{payers.voters} supporters{value_of(payers.value)} {PAYMENTS[payers.payment]}, "
        f"{decimal(payers.total)} together"
        for payers in project.payers
    ]
    if (support := project.support) is not None:
        lines.append(f"its supporters were given {decimal(support.given)}; {decimal(support.left)} is left")
        lines += [f"  {decimal(item.amount)} went to {item.project}" for item in support.spent_on]
    return lines


def value_of(value: Fraction) -> str:
    return "" if value == 1 else f" who gave it {decimal(value)}"


def funded(project: ProjectResult) -> str:
    return f"funded as number {project.position}" + (f", in round {project.round}" if project.round else "")


def changes(project: ProjectResult) -> list[str]:
    found = project.least_changes
    if found is None:
        return []
    lines = ["no lower cost alone would have funded it"]
    if found.cheaper_by is not None:
        lines = [f"{money(found.cheaper_by)} cheaper, it would have been funded{held(found.cheaper_basis)}"]
    if found.more_votes is not None:
        votes = decimal(found.more_votes)
        lines.append(f"{votes} more votes would have funded it{held(found.more_votes_basis)}")
    elif found.more_votes_basis is Basis.NEVER:
        lines.append("no number of votes alone would have funded it")
    else:
        lines.append("how many votes it lacks cannot be said: more voters change everybody's share")
    return lines


def held(basis: Basis) -> str:
    return " (the share and the choice of the outcome held)" if basis is Basis.HOLDING_THE_REST else ""
