"""Pages in both languages: `home("sv")` and `index("decision", "fi")` make the tree as it is needed."""

import uuid

import factory
import wagtail_factories
from wagtail.models import Locale, Page, Site

from participation.information.models import InformationPage
from participation.processes.models import ProcessPage
from portal.home.models import (
    ActionIndexPage,
    ContentPage,
    DecisionIndexPage,
    HomePage,
    InformationIndexPage,
    PlanningIndexPage,
)

LANGUAGES = ("fi", "sv")
HOME_TITLES = {"fi": "Etusivu", "sv": "Startsida"}
INDEX_PAGES = {
    "information": (InformationIndexPage, "Saa tietoa", "Få information", "saa-tietoa", "fa-information"),
    "action": (ActionIndexPage, "Toimi mukana", "Var med och gör", "toimi-mukana", "var-med-och-gor"),
    "planning": (
        PlanningIndexPage,
        "Suunnittele kanssamme",
        "Planera med oss",
        "suunnittele-kanssamme",
        "planera-med-oss",
    ),
    "decision": (
        DecisionIndexPage,
        "Vaikuta päätöksiin",
        "Påverka besluten",
        "vaikuta-paatoksiin",
        "paverka-besluten",
    ),
}


def locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def home(language: str = "fi") -> HomePage:
    """The home page of a language; makes both, and the site whose root is the Finnish one, when missing."""
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    root = Page.get_first_root_node()
    finnish = root.add_child(
        instance=HomePage(title=HOME_TITLES["fi"], slug="etusivu", locale=locale("fi"), lead="Ota osaa.")
    )
    root = Page.get_first_root_node()
    root.add_child(
        instance=HomePage(
            title=HOME_TITLES["sv"],
            slug="startsida",
            locale=locale("sv"),
            lead="Delta.",
            translation_key=finnish.translation_key,
        )
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": finnish, "site_name": "Ääni–Röst"},
    )
    return HomePage.objects.get(locale__language_code=language)


def index(form: str = "decision", language: str = "fi") -> Page:
    """The index page of a form of participation in a language; makes both languages when missing."""
    model, fi, sv, slug_fi, slug_sv = INDEX_PAGES[form]
    found = model.objects.filter(locale__language_code=language).first()
    if found:
        return found
    finnish = home("fi").add_child(instance=model(title=fi, slug=slug_fi, locale=locale("fi")))
    home("sv").add_child(
        instance=model(title=sv, slug=slug_sv, locale=locale("sv"), translation_key=finnish.translation_key)
    )
    return model.objects.get(locale__language_code=language)


class BasePageFactory(wagtail_factories.PageFactory):
    """`language` chooses locale and parent; `other=<page>` makes a translation of that page."""

    class Meta:
        abstract = True

    class Params:
        language = "fi"
        other = None

    title = factory.Sequence(lambda number: f"Sivu {number}")
    locale = factory.LazyAttribute(lambda made: locale(made.language))
    translation_key = factory.LazyAttribute(
        lambda made: made.other.translation_key if made.other else uuid.uuid4()
    )
    lead = "Lyhyesti."

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        """The tree keeps places in columns of the parent: a parent read earlier may be out of date."""
        return super()._create_instance(model_class, Page.objects.get(pk=parent.pk), kwargs)


class ContentPageFactory(BasePageFactory):
    class Meta:
        model = ContentPage

    parent = factory.LazyAttribute(lambda made: home(made.language))


class InformationPageFactory(BasePageFactory):
    class Meta:
        model = InformationPage

    parent = factory.LazyAttribute(lambda made: index("information", made.language))


class ProcessPageFactory(BasePageFactory):
    class Meta:
        model = ProcessPage

    parent = factory.LazyAttribute(lambda made: index("planning", made.language))
