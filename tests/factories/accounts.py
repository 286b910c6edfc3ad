"""Accounts: `UserFactory(editor=True)` is staff of that role; without a trait a resident with a password."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.enums import RoleGroup
from portal.accounts.models import Organisation, User

PASSWORD = "kolme sanaa riittää tähän"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        editor = factory.Trait(role=RoleGroup.EDITOR)
        official = factory.Trait(role=RoleGroup.OFFICIAL)
        moderator = factory.Trait(role=RoleGroup.MODERATOR)
        administrator = factory.Trait(role=RoleGroup.ADMINISTRATOR)
        unverified = factory.Trait(verified=False)

    email = factory.Sequence(lambda number: f"henkilo{number}@example.fi")
    name = factory.Sequence(lambda number: f"Esimerkki Henkilö {number}")
    language = "fi"
    is_staff = False

    @classmethod
    def _create(cls, model_class, *args, role=None, verified=True, password=PASSWORD, **kwargs):
        user = model_class.objects.create_user(kwargs.pop("email"), password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        if role:
            user.groups.add(Group.objects.get(name=role))
            user.is_staff = True
            user.save()
        return user


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name_fi = factory.Sequence(lambda number: f"Esimerkkiyhdistys {number}")
    name_sv = factory.Sequence(lambda number: f"Exempelförening {number}")


def account_url(name, language, **kwargs):
    """Address of an account page in a language, whatever language is active."""
    with override(language):
        return reverse(name, kwargs=kwargs or None)
