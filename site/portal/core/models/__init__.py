from .authority import AuthorityProfile, Municipality, MunicipalityPopulation
from .files import Document, Image, Rendition
from .limits import LimitWindow
from .navigation import FooterLink, HeaderLink, SiteContact, SiteNavigation
from .pages import BasePage
from .units import ContactPerson, Unit, UnitMembership

__all__ = [
    "AuthorityProfile",
    "BasePage",
    "ContactPerson",
    "Document",
    "FooterLink",
    "HeaderLink",
    "Image",
    "LimitWindow",
    "Municipality",
    "MunicipalityPopulation",
    "Rendition",
    "SiteContact",
    "SiteNavigation",
    "Unit",
    "UnitMembership",
]
