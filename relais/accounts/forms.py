"""What people type about their own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User


class AccountForm(forms.Form):
    """The name colleagues see, and the language to read in."""

    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class MailForm(forms.Form):
    """Where to write when something waits, and whether to."""

    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    )
    wants_mail = forms.BooleanField(
        label=_("Write to me when something waits for me"),
        required=False,
        help_text=_("At most once a day. The mail never holds a name or anything about a person."),
    )


class PasswordForm(forms.Form):
    """A new password, and the one it replaces unless it was given by someone else."""

    current = forms.CharField(
        label=_("Password you have now"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Four plain words are easy to remember and hard to guess."),
        strip=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if user.must_set_password:
            del self.fields["current"]

    def clean_current(self) -> str:
        """Refuse a wrong current password."""
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise forms.ValidationError(_("This is not the password you have now."))
        return current

    def clean_password(self) -> str:
        """Refuse a password that is easy to guess."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
