import pytest
from django.contrib.auth import authenticate

from relais.accounts import services
from relais.accounts.models import User
from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_account_needs_a_name_and_nothing_else():
    user = services.make_account(username=" zarina ", display_name="", by=None)
    assert (user.username, user.display_name, user.email) == ("zarina", "zarina", "")
    assert not user.has_usable_password()
    assert Entry.objects.get(verb="account.made").row_id == user.pk


def test_two_accounts_never_share_a_name_in_any_case():
    UserFactory(username="Zarina")
    with pytest.raises(Refusal, match="taken"):
        services.make_account(username="zARINA", display_name="", by=None)


def test_a_first_password_can_be_one_to_change():
    user = services.make_account(
        username="zarina", display_name="Zarina", password="a quiet orchard", must_set_password=True, by=None
    )
    services.set_password(user=user, password="another orchard")
    user.refresh_from_db()
    assert not user.must_set_password
    assert user.check_password("another orchard")


def test_a_program_never_signs_in_with_a_password():
    program = services.make_program(username="sheet", display_name="Sheet", by=UserFactory())
    assert program.kind == User.Kind.PROGRAM
    assert not program.has_usable_password()


def test_a_closed_account_cannot_sign_in(rf):
    user = UserFactory()
    assert authenticate(rf.post("/"), username=user.username, password="a long enough password") == user
    services.close_account(user=user, by=UserFactory())
    assert authenticate(rf.post("/"), username=user.username, password="a long enough password") is None


def test_the_language_is_kept_on_the_account():
    user = UserFactory()
    services.choose_language(user=user, language="ar")
    user.refresh_from_db()
    assert user.language == "ar"
    with pytest.raises(Refusal):
        services.choose_language(user=user, language="tlh")


def test_the_name_colleagues_see_can_change_and_is_never_empty():
    user = UserFactory(username="amina")
    services.choose_name(user=user, display_name="Amina B.")
    assert user.display_name == "Amina B."
    services.choose_name(user=user, display_name=" ")
    assert user.display_name == "amina"
