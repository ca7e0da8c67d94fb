"""Accounts, as a coordinator's invitation would have made them."""

import factory

from relais.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"aida{number}")
    display_name = factory.LazyAttribute(lambda user: user.username.title())
    password = factory.django.Password("a long enough password")
