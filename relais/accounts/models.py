"""People who sign in, and drafts of what they were typing."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from relais.accounts.queries import UserQuerySet
from relais.kernel.models import Row


class Accounts(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Users found by the name they sign in with."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in with one."""
        user: User = self.model(username=User.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user whatever the case of the letters typed on a phone."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser, Row):
    """Someone, or an organisation's program, that signs in; what they may do comes from memberships."""

    class Kind(models.TextChoices):
        """What stands behind the account."""

        PERSON = "person", _("a person")
        PROGRAM = "program", _("a program of an organisation")

    username = models.CharField(_("sign-in name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.CharField(_("name shown to colleagues"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    email = models.EmailField(_("e-mail"), blank=True)
    wants_mail = models.BooleanField(_("wants an e-mail when something waits"), default=False)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined at"), auto_now_add=True)
    must_set_password = models.BooleanField(_("must choose a new password"), default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    is_staff = is_superuser = False

    objects = Accounts()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_name_once_in_any_case"),
            models.CheckConstraint(name="user_mail_needs_an_address", condition=Q(wants_mail=False) | ~Q(email="")),
        ]

    class Privacy:
        open = {"id", "kind", "language", "wants_mail", "is_active", "date_joined", "must_set_password"}
        personal = {"username", "display_name", "email", "last_login"}
        secret = {"password"}

    def __str__(self) -> str:
        return self.display_name or self.username


class FormDraft(Row):
    """What someone was typing on a page, sealed, so that a lost session loses nothing."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="drafts")
    page = models.CharField(_("page"), max_length=300)
    sealed = models.BinaryField(_("what was typed, sealed"))
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a form")
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="formdraft_once_a_page")]

    class Privacy:
        open = {"id", "saved_at"}
        personal = {"user", "page"}
        secret = {"sealed"}


class Mailed(Row):
    """That someone was written to about one thing that waits for them, so that nobody is written to twice about it."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="mailed")
    thing = models.UUIDField(_("what waits"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("mail sent")
        constraints = [models.UniqueConstraint(fields=["user", "thing"], name="mailed_once_a_thing")]

    class Privacy:
        open = {"id", "thing", "sent_at"}
        personal = {"user"}
        secret: set[str] = set()
