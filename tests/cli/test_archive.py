import json
import zipfile

import pytest
from django.core.management import call_command

from relais.cli import archive
from relais.journal.models import Entry
from relais.journal.services import verify
from relais.kernel.refusals import Refusal
from relais.packs.services import install_pack
from relais.people.identities import Facts
from relais.people.keys import facts_of
from relais.people.models import Person
from relais.people.services import register_person
from relais.programmes.models import Programme
from tests.packs.test_services import SAIRON, read_pack

PLANTED = "Гулнора Рахимова"


@pytest.fixture
def saved(transactional_db, world, tmp_path):
    """A backup of a programme with one person in it, of a database that was emptied since."""
    programme = install_pack(pack=read_pack(SAIRON))
    organisation = world.organisation
    register_person(
        organisation=organisation, programme=programme, by=world.companion, facts=Facts(called=PLANTED), sure=True
    )
    file = tmp_path / "relais.backup"
    archive.save(file)
    call_command("flush", verbosity=0, interactive=False)
    return file


def test_a_backup_gives_everything_back(saved):
    assert not Programme.objects.exists()
    archive.load(saved)
    assert facts_of(Person.objects.get()).called == PLANTED
    assert Programme.objects.get().offices.count() == 7
    assert Entry.objects.exists()
    assert list(verify()) == []


def test_a_backup_holds_no_name(saved):
    with zipfile.ZipFile(saved) as file:
        for name in file.namelist():
            assert PLANTED not in file.read(name).decode()
            assert "Рахимова" not in file.read(name).decode()


def test_nothing_is_restored_over_what_is_there(saved):
    archive.load(saved)
    with pytest.raises(Refusal, match="not empty"):
        archive.load(saved)


def test_a_damaged_backup_changes_nothing(saved, tmp_path):
    broken = tmp_path / "broken.backup"
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            text = whole.read(name)
            copy.writestr(name, text[: len(text) // 2 - 1] if name == "programmes.programme.jsonl" else text)
    with pytest.raises(Refusal, match=r"damaged|not a whole backup"):
        archive.load(broken)
    assert not Programme.objects.exists()


def test_something_that_is_no_backup_is_refused(transactional_db, tmp_path):
    stranger = tmp_path / "letter.txt"
    stranger.write_text("Dear all,", encoding="utf-8")
    with pytest.raises(Refusal, match="not a whole backup"):
        archive.load(stranger)


def test_a_backup_of_another_version_is_refused(saved, tmp_path):
    older = tmp_path / "older.backup"
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(older, "w") as copy:
        manifest = json.loads(whole.read("manifest.json"))
        copy.writestr("manifest.json", json.dumps(manifest | {"migrations": ["people.0001_initial"]}))
    with pytest.raises(Refusal, match="another version"):
        archive.load(older)


def test_a_backup_never_replaces_a_file(saved):
    with pytest.raises(Refusal, match="there already"):
        archive.save(saved)
