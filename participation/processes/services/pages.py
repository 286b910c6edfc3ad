"""From the shared row to its language versions and back."""

from django.apps import apps

from ..models import Participation, ParticipationPage


def page_models() -> list[type[ParticipationPage]]:
    return [model for model in apps.get_models() if issubclass(model, ParticipationPage)]


def page_model(kind: str) -> type[ParticipationPage]:
    """The page model of a kind of participation; `LookupError` when no installed app has it."""
    for model in page_models():
        if model.kind == kind:
            return model
    raise LookupError(f"no page model for the kind of participation {kind!r}")


def pages_of(participation: Participation) -> dict[str, ParticipationPage]:
    """Language versions by language code, aliases included, drafts too."""
    pages = page_model(participation.kind).objects.filter(translation_key=participation.translation_key)
    return {page.locale.language_code: page for page in pages.select_related("locale")}


def specific(participation: Participation) -> Participation:
    """The row as the child model of its kind."""
    model = page_model(participation.kind).participation_model
    return participation if isinstance(participation, model) else model.objects.get(pk=participation.pk)
