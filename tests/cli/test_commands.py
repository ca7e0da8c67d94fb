import pytest
from django.core import mail
from django.db import connection
from typer.testing import CliRunner

from relais.accounts.models import User
from relais.cases.models import News
from relais.cli import archive
from relais.cli.main import app
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.programmes.models import Programme
from tests.cases.factories import CaseFactory
from tests.journal.guards import take_guards_away
from tests.roundtables.factories import NoticeFactory

run = CliRunner().invoke


def test_a_pack_is_checked_installed_listed_and_exported(db, tmp_path):
    assert "no fault" in run(app, ["pack", "check", "sairon"]).output
    assert run(app, ["pack", "install", "sairon"]).exit_code == 0
    assert "1.0.0" in run(app, ["pack", "list"]).output
    assert run(app, ["pack", "export", "sairon", str(tmp_path / "copy")]).exit_code == 0
    assert "no fault" in run(app, ["pack", "check", str(tmp_path / "copy")]).output


def test_a_pack_nobody_knows_is_refused_with_those_there_are(db):
    refused = run(app, ["pack", "check", "sayron"])
    assert isinstance(refused.exception, Refusal)
    assert "sairon" in str(refused.exception)


def test_a_pack_with_a_mistake_changes_nothing(db, tmp_path):
    (tmp_path / "pack.toml").write_text("[pack]\n", encoding="utf-8")
    refused = run(app, ["pack", "install", str(tmp_path)])
    assert "pack.toml:1" in refused.output
    assert isinstance(refused.exception, Refusal)
    assert not Programme.objects.exists()


def test_an_export_never_overwrites(db, tmp_path):
    run(app, ["pack", "install", "sairon"])
    assert isinstance(run(app, ["pack", "export", "sairon", str(tmp_path)]).exception, Refusal)
    assert isinstance(run(app, ["pack", "export", "nobody", str(tmp_path / "new")]).exception, Refusal)


@pytest.mark.parametrize(
    "command", [["pack", "export", "sairon"], ["journal", "checkpoint"], ["backup"], ["demo", "--no-serve", "--data"]]
)
def test_what_cannot_be_written_is_refused_by_name_and_leaves_nothing(db, tmp_path, command):
    run(app, ["pack", "install", "sairon"])
    (tmp_path / "file").write_text("a file is no folder", encoding="utf-8")
    refused = run(app, [*command, str(tmp_path / "file" / "new")])
    assert isinstance(refused.exception, Refusal), refused.output
    assert "cannot be written. Not a directory." in str(refused.exception)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_the_journal_says_when_someone_changed_it(db):
    run(app, ["pack", "install", "sairon"])
    assert "nothing was changed" in run(app, ["journal", "verify"]).output
    take_guards_away()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_label = 'someone else'")
    told = run(app, ["journal", "verify"])
    assert told.exit_code == 1
    assert "was changed" in told.output
    assert "is missing" in told.output


def test_a_journal_cut_at_its_end_is_found_against_a_checkpoint_or_a_backup(db, tmp_path):
    run(app, ["pack", "install", "sairon"])
    paper, saved, letter = (tmp_path / name for name in ("paper.txt", "relais.backup", "letter.txt"))
    assert run(app, ["journal", "checkpoint", str(paper)]).exit_code == 0
    assert isinstance(run(app, ["journal", "checkpoint", str(paper)]).exception, Refusal)
    archive.save(saved)
    letter.write_text("Dear all,", encoding="utf-8")
    assert isinstance(run(app, ["journal", "verify", "--against", str(letter)]).exception, Refusal)
    assert "still holds" in run(app, ["journal", "verify", "--against", str(paper)]).output
    take_guards_away()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
        cursor.execute("DELETE FROM journal_head")
    for kept in (paper, saved):
        assert "was cut" in run(app, ["journal", "verify", "--against", str(kept)]).output


@pytest.mark.django_db
def test_the_worker_plans_and_reminds_and_repeats_nothing():
    run(app, ["pack", "install", "sairon"])
    assert run(app, ["worker", "--once"]).exit_code == 0
    planned = Programme.objects.get().meetings.count()
    assert planned > 0
    run(app, ["worker", "--once"])
    assert Programme.objects.get().meetings.count() == planned


@pytest.mark.django_db
def test_the_worker_writes_once_to_who_chose_it(settings):
    settings.RELAIS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    chosen = {"user__email": "amina@example.org", "user__wants_mail": True}
    told = NoticeFactory(kind="commitment_late", told_at=clock.now(), **chosen)
    NoticeFactory(kind="commitment_late", told_at=clock.now(), user=told.user, about_id=told.about_id)
    NoticeFactory(kind="commitment_late", told_at=clock.now())
    case = CaseFactory()
    News.objects.create(to=told.user, case=case, kind="returned", at=clock.now())
    assert "1 mails" in run(app, ["worker", "--once"]).output
    assert "mails" not in run(app, ["worker", "--once"]).output
    [sent] = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert "a commitment is late: 1" in sent.body, "told again in the application, not by mail"
    assert "news: 1" in sent.body
    assert case.person.code not in sent.body
    assert str(case.procedure) not in sent.body


def test_the_first_account_is_made_on_the_machine_and_must_choose_its_own_password(db):
    run(app, ["pack", "install", "sairon"])
    made = run(app, ["account", "nurlan", "sairon", "administrator", "--name", "Nurlan"])
    assert made.exit_code == 0
    user = User.objects.get(username="nurlan")
    assert user.must_set_password
    assert user.check_password(made.output.split()[1])
    assert user.memberships.get().role == "administrator"


def test_an_account_needs_an_organisation_that_is_there(db):
    refused = run(app, ["account", "nurlan", "nowhere", "administrator"])
    assert "Install a pack first" in str(refused.exception)
    assert not User.objects.exists()
