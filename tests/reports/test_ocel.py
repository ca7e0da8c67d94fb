"""The way of cases as an OCEL 2.0 log: pm4py reads all of it back, and nobody can be found in it."""

import json
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from relais.access.lock import OutOfReach
from relais.access.roles import Role
from relais.cases.models import Case, CaseEvidence, CaseStep
from relais.cli.main import app
from relais.journal.models import Entry
from relais.kernel import clock
from relais.kernel.refusals import Refusal
from relais.people.services import forget_person
from relais.reports.ocel import trace as traces
from relais.reports.services import export_journey
from tests.cases.factories import CANNOT, EVERYTHING, CaseFactory, DossierFactory, VisitFactory, in_same_place
from tests.organisations.factories import member

READER = Path(__file__).with_name("pm4py_reads.py")
CLOSED_ON = date(2026, 5, 13)


@pytest.fixture
def lived(db, at):
    """Five people in one procedure: proofs had and not had, a step done, a dossier back and one accepted."""
    at("2026-06-01 06:17:43")
    case = CaseFactory(papers=EVERYTHING)
    DossierFactory(
        case=case, state="accepted", decided_on=clock.today(), decided_at=clock.now(), decided_by=case.companion
    )
    Case.objects.filter(pk=case.pk).update(
        outcome="granted", closed_on=CLOSED_ON, closed_at=clock.now(), closed_by=case.companion
    )
    other = in_same_place(case, papers={"birth-certificate": CANNOT, "photo": CaseEvidence.State.HELD})
    DossierFactory(case=other, state="returned", reason="missing", decided_on=clock.today(), decided_at=clock.now(),
                   decided_by=case.companion)  # fmt: skip
    CaseStep.objects.create(case=other, step=case.version.steps.first(), done_on=clock.today() - timedelta(days=3),
                            entered_at=clock.now(), entered_by=case.companion)  # fmt: skip
    for _number in range(3):
        in_same_place(case)
    return case


@pytest.fixture
def coordinator(lived):
    return member(Role.COORDINATOR, lived.organisation)


@pytest.mark.parametrize("kind", ["sqlite", "json"])
def test_pm4py_reads_back_as_many_events_objects_and_relations_as_were_written(lived, coordinator, tmp_path, kind):
    file = tmp_path / f"log.{kind}"
    counts = export_journey(procedure=lived.procedure, file=file, by=coordinator)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(READER), str(file)], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.split("FOUND")[1])
    assert {name: found[name] for name in counts} == counts
    assert found["types"] == ["Case", "Evidence", "Organisation", "Person", "Procedure version"]
    assert found["qualifiers"] == ["about", "by", "of", "to", "under"]
    assert counts["objects"] == 5 + 5 + 1 + 2 + 2


def texts(file):
    """Everything a reader of a file could read in it."""
    return file.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("kind", ["sqlite", "json"])
def test_nobody_can_be_found_in_a_log(lived, coordinator, tmp_path, kind):
    file = tmp_path / f"log.{kind}"
    export_journey(procedure=lived.procedure, file=file, by=coordinator)
    written = texts(file)
    rows = [*Case.objects.select_related("person", "companion", "organisation"), lived.procedure, lived.version]
    ids = [str(row.pk) for row in rows] + [row.pk.hex for row in rows]
    people = [case.person for case in Case.objects.select_related("person")]
    ids += [form for person in people for form in (str(person.pk), person.pk.hex, person.code)]
    names = [lived.companion.username, str(lived.organisation), lived.organisation.slug]
    assert [each for each in (*ids, *names) if each in written] == []
    assert "06:17" not in written, "no hour is told"
    assert str(CLOSED_ON) not in written, "few people: weeks, not days"
    assert "2026-05-11" in written, "the Monday of that week"


@pytest.mark.parametrize("kind", ["sqlite", "json"])
def test_no_volunteer_is_in_a_log_by_name_number_or_pattern(lived, coordinator, tmp_path, kind):
    amina = member(Role.COMPANION, lived.organisation)
    other = Case.objects.filter(closed_at=None).order_by("pk").first()
    Case.objects.filter(pk=other.pk).update(companion=amina, opened_by=amina)
    CaseStep.objects.update(entered_by=amina)
    CaseEvidence.objects.filter(case=other).update(entered_by=amina)
    VisitFactory(case=other, by=amina, minutes=47)
    file = tmp_path / f"log.{kind}"
    counts = export_journey(procedure=lived.procedure, file=file, by=coordinator)
    written = texts(file)
    for someone in (amina, lived.companion, coordinator):
        known = (str(someone.pk), someone.pk.hex, someone.username, someone.display_name)
        assert [each for each in known if each and each in written] == []
    assert "Volunteer" not in written
    assert counts["objects"] == 5 + 5 + 1 + 2 + 2, (
        "who accompanies makes no object, so cases do not fall into volunteers"
    )


def test_two_logs_of_one_procedure_cannot_be_joined(lived, coordinator, tmp_path):
    ids = []
    for name in ("one.json", "two.json"):
        export_journey(procedure=lived.procedure, file=tmp_path / name, by=coordinator)
        ids.append({each["id"] for each in json.loads((tmp_path / name).read_text())["objects"]})
    assert not ids[0] & ids[1]


def test_days_are_told_where_many_go_and_whoever_is_forgotten_is_not_in_it(lived, coordinator, tmp_path, monkeypatch):
    monkeypatch.setattr(traces, "ENOUGH_FOR_DAYS", 2)
    forget_person(person=Case.objects.filter(outcome="").order_by("pk").last().person, by=coordinator)
    file = tmp_path / "log.json"
    export_journey(procedure=lived.procedure, file=file, by=coordinator)
    log = json.loads(file.read_text())
    assert f"{CLOSED_ON}T00:00:00+00:00" in {event["time"] for event in log["events"]}
    assert sum(each["type"] == "Person" for each in log["objects"]) == 4
    assert {each["type"] for each in log["events"]} == set(traces.EVENT_TYPES)


def test_every_object_is_spoken_of_by_an_event(lived, coordinator, tmp_path):
    file = tmp_path / "log.sqlite"
    export_journey(procedure=lived.procedure, file=file, by=coordinator)
    with sqlite3.connect(file) as log:
        silent = "SELECT count(*) FROM object WHERE ocel_id NOT IN (SELECT ocel_object_id FROM event_object)"
        assert log.execute(silent).fetchone() == (0,)
    log.close()


def test_taking_it_along_is_a_right_and_is_written_down(lived, coordinator, tmp_path):
    with pytest.raises(OutOfReach):
        export_journey(procedure=lived.procedure, file=tmp_path / "log.json", by=lived.companion)
    with pytest.raises(Refusal, match="no log we can write"):
        export_journey(procedure=lived.procedure, file=tmp_path / "log.xes", by=coordinator)
    export_journey(procedure=lived.procedure, file=tmp_path / "log.json", by=coordinator)
    entry = Entry.objects.get(verb="journey.exported")
    assert entry.detail["kind"] == "json"


def test_it_is_taken_from_the_page(client, lived, coordinator):
    address = reverse("reports:journey_export", args=[lived.procedure.pk])
    client.force_login(coordinator)
    assert "Nobody is named" in client.get(address).content.decode()
    assert client.post(address, {"kind": "xes"}).status_code == 422
    given = client.post(address, {"kind": "json"})
    assert given.headers["Content-Disposition"].endswith(f'{lived.procedure.key}.json"')
    assert json.loads(b"".join(given.streaming_content))["events"]
    for let_go in given._resource_closers[:1]:
        let_go()
    client.force_login(lived.companion)
    assert client.get(address).status_code == 404


def test_it_is_taken_from_the_command_line(lived, tmp_path):
    file = tmp_path / "log.sqlite"
    told = CliRunner().invoke(app, ["export", "ocel", lived.procedure.key, str(file)])
    assert (told.exit_code, file.exists()) == (0, True)
    for asked in (["nothing", str(tmp_path / "other.json")], [lived.procedure.key, str(file)]):
        assert isinstance(CliRunner().invoke(app, ["export", "ocel", *asked]).exception, Refusal)


@pytest.mark.parametrize("name", ["log.sqlite", "log.json"])
def test_a_folder_that_is_not_there_is_refused_by_name(lived, tmp_path, name):
    file = tmp_path / "none" / name
    refused = CliRunner().invoke(app, ["export", "ocel", lived.procedure.key, str(file)]).exception
    assert isinstance(refused, Refusal)
    assert str(refused).startswith(f"{file} cannot be written.")
