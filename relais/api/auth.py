"""Who calls: an organisation's program with its token, or someone signed in on this very site."""

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.throttling import SimpleRateThrottle
from ninja.utils import check_csrf

from relais.accounts.models import User
from relais.organisations.services import user_of_token


class Token(HttpBearer):
    """The token of an organisation; its program acts in the rights of an account of its own."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_of_token(token)
        if user is not None:
            request.user = user
        return user


class Session(APIKeyCookie):
    """Someone signed in with a browser; what changes something also shows that it comes from our own page."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        return self.authenticate(request, self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        if not isinstance(request.user, User):
            return None
        if check_csrf(request):
            raise HttpError(403, "")
        return request.user


class PerAccount(SimpleRateThrottle):
    """So many requests a minute for each account, however many machines it calls from."""

    scope = "account"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return f"api:{request.user.pk}"
