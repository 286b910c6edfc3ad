"""The acts staff can do from a participation's page: when, with which form, and what follows from each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

from .enums import ActKind, State
from .forms import ActForm, NewClosingForm, ReasonForm
from .models import Participation
from .permissions import may_act
from .services import acts


@dataclass(frozen=True, slots=True)
class StaffAct:
    kind: ActKind
    label: Promise | str
    consequences: Promise | str
    done: Promise | str
    states: frozenset[State]
    form: type[ActForm]
    do: Callable[..., Any]
    is_final: bool = False

    def is_possible(self, participation: Participation) -> bool:
        if participation.state not in self.states:
            return False
        return not (self.kind == ActKind.WAIVE and participation.facts.is_past_gate)


ALL: dict[str, StaffAct] = {
    act.kind.value: act
    for act in (
        StaffAct(
            ActKind.REVIEW,
            _("Mark as reviewed"),
            _(
                "You say that you have read both language versions and that they say the same. "
                "It is kept who and when."
            ),
            _("The review has been recorded."),
            frozenset(State),
            ActForm,
            acts.review,
        ),
        StaffAct(
            ActKind.WAIVE,
            _("Open without every language"),
            _("It opens at its time though a language is not complete. The reason is shown on the page."),
            _("It opens at its time, with the reason on the page."),
            frozenset({State.DRAFT, State.SCHEDULED}),
            ReasonForm,
            acts.waive,
        ),
        StaffAct(
            ActKind.EXTEND,
            _("Extend the time"),
            _("People can comment for longer. The page shows the new last day and the reason."),
            _("The time has been extended."),
            frozenset({State.OPEN}),
            NewClosingForm,
            acts.extend,
        ),
        StaffAct(
            ActKind.REOPEN,
            _("Reopen"),
            _("People can comment again, and an answer given earlier no longer shows as the outcome."),
            _("It is open again."),
            frozenset({State.CLOSED, State.ANSWERED}),
            NewClosingForm,
            acts.reopen,
        ),
        StaffAct(
            ActKind.ANSWER,
            _("Mark as answered"),
            _(
                "What came of it is shown at the top of the page, and the state becomes “Answered”. "
                "Write and publish the text on both pages first; a language without it needs a reason."
            ),
            _("It is answered, and what came of it is shown."),
            frozenset({State.CLOSED}),
            ReasonForm,
            acts.answer,
        ),
        StaffAct(
            ActKind.CANCEL,
            _("Cancel the participation"),
            _("No more comments are taken. The page stays, says that it was cancelled and shows the reason."),
            _("It has been cancelled."),
            frozenset({State.SCHEDULED, State.OPEN, State.CLOSED}),
            ReasonForm,
            acts.cancel,
            is_final=True,
        ),
    )
}


def possible_for(user: User, participation: Participation) -> list[StaffAct]:
    return [act for act in ALL.values() if may_act(user, act.kind) and act.is_possible(participation)]
