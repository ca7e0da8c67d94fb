from pathlib import Path

import pytest

from relais.access.lock import OutOfReach
from relais.directory.models import Office
from relais.journal.services import verify
from relais.missions.models import Course
from relais.organisations.models import Organisation
from relais.packs.export import export_programme
from relais.packs.reader import read_pack
from relais.packs.services import install_pack
from relais.people.models import ConsentText
from relais.procedures.models import ProcedureVersion
from relais.roundtables.models import Series

SAIRON = Path(__file__).resolve().parent.parent.parent / "packs" / "sairon"


@pytest.fixture
def programme(db):
    return install_pack(pack=read_pack(SAIRON))


def test_a_pack_brings_partners_places_a_procedure_and_its_rhythm(programme):
    assert set(programme.partners.values_list("organisation__slug", flat=True)) >= {"sairon", "passport-service"}
    assert programme.offices.count() == 7
    assert [version.state for version in ProcedureVersion.objects.order_by("number")] == ["in_force", "draft"]
    assert programme.series.get().rrule == "FREQ=MONTHLY;BYMONTHDAY=15"
    assert Course.objects.get(key="simpler-procedure").version.number == 2


def test_installing_again_changes_nothing(programme):
    before = [model.objects.count() for model in (Organisation, Office, Series, Course, ConsentText, ProcedureVersion)]
    install_pack(pack=read_pack(SAIRON))
    after = [model.objects.count() for model in (Organisation, Office, Series, Course, ConsentText, ProcedureVersion)]
    assert before == after
    assert list(verify()) == []


def test_an_administrator_may_install_and_a_coordinator_may_not(administrator, coordinator):
    pack = read_pack(SAIRON)
    with pytest.raises(OutOfReach):
        install_pack(pack=pack, by=coordinator)
    assert install_pack(pack=pack, by=administrator).slug == "sairon"


def test_words_people_agreed_to_are_followed_by_new_ones_never_edited(programme):
    first = ConsentText.objects.get(purpose="refer")
    pack = read_pack(SAIRON)
    changed = next(row for row in pack.rows("consents") if row["purpose"] == "refer")
    changed["texts"] = {**changed["texts"], "en": "Other words."}
    install_pack(pack=pack)
    assert list(ConsentText.objects.filter(purpose="refer").order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    first.refresh_from_db()
    assert first.texts["en"] != "Other words."


def test_weights_the_table_agreed_survive_an_upgrade(programme):
    assessment = programme.needs_assessments.get()
    assessment.criteria.filter(key="damage").update(weight=50)
    install_pack(pack=read_pack(SAIRON))
    assert assessment.criteria.get(key="damage").weight == 50


def test_what_is_exported_installs_as_the_same_programme(programme, tmp_path):
    files = export_programme(programme)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    install_pack(pack=read_pack(tmp_path))
    assert export_programme(programme) == files
