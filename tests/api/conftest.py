"""Calling the API as the program of someone does."""

import json

import pytest

from tests.organisations.factories import ApiTokenFactory


@pytest.fixture
def caller(client):
    """Give a way to call in someone's rights: `caller(amina)("get", "/api/cases")`."""

    def calls_as(user):
        made = ApiTokenFactory(user=user, organisation=user.memberships.first().organisation)
        token = f"token-of-{user.pk}"
        type(made).objects.filter(pk=made.pk).update(token_hash=_hash(token))

        def call(method, path, data=None, **headers):
            sent = {
                "Authorization": f"Bearer {token}",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            }
            body = None if data is None else json.dumps(data, default=str)
            return getattr(client, method)(path, body, content_type="application/json", headers=sent)

        return call

    return calls_as


def _hash(token):
    from relais.kernel import codes

    return codes.token_hash(token)
