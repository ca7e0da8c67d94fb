"""From two files to the best changes and to what it takes, in words and as JSON."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from relais.cli.main import app
from relais.cli.tables import out
from relais.kernel.refusals import Refusal
from relais.procedures.actions import apply, read_key
from relais.procedures.examples import burned_registry
from relais.procedures.files import read_caseload, read_procedure, write_caseload
from relais.procedures.simplify import simplify
from relais.procedures.written import WrittenProcedure, WrittenService, WrittenVersion, write

run = CliRunner().invoke
ADDED = ["--add", "accept:birth:witnesses", "--add", "accept:address:council-letter"]


@pytest.fixture
def wide(monkeypatch):
    """A terminal in which no word of a table is cut."""
    monkeypatch.setattr(out, "width", 200)


@pytest.fixture
def files(tmp_path):
    """The people of the burned registry and its procedure, with a second version that drops the photo."""
    people, version, actions = burned_registry()
    after = apply(version, [action for action in actions if action.key == "drop:photo"])
    versions = (
        WrittenVersion(version=version, in_force_from=date(2024, 1, 1)),
        WrittenVersion(version=type(after)(steps=after.steps, evidence_types=after.evidence_types, number=2)),
    )
    service = WrittenService(key="residence", names={"en": "Residence"}, authority="registry")
    written = WrittenProcedure(
        key="card",
        names={"en": "Residence card"},
        service=service,
        evidence_types=version.evidence_types,
        versions=versions,
    )
    (tmp_path / "card.toml").write_text(write(written), encoding="utf-8")
    write_caseload(people, tmp_path / "people.parquet")
    return [str(tmp_path / "card.toml"), str(tmp_path / "people.parquet")]


def test_the_best_two_changes_are_found_in_files_and_said_in_words(files):
    told = run(app, ["simplify", *files, "--most", "2", "--by", "home", "--no-steps"])
    assert told.exit_code == 0, told.output
    assert "“Birth certificate” can also be shown by: Two witnesses." in " ".join(told.output.split())
    assert "proven" in told.output
    assert "village" in told.output


def test_other_programs_read_the_answer_as_json(files):
    answer = json.loads(run(app, ["simplify", *files, "--most", "2", "--no-steps", "--json"]).output)
    assert (answer["people"], answer["blocked"]) == (2000, 1270)
    assert answer["curve"][2]["unlocked"] == 300
    assert answer["curve"][2]["proven"]
    assert answer["greedy"][2]["unlocked"] == 270


def test_changes_are_added_struck_out_priced_and_bound(files):
    options = ["--proposals", "0", *ADDED, "--add", "drop:photo", "--cost", "drop:photo=0.5", "--budget", "1.5"]
    answer = json.loads(run(app, ["simplify", *files, *options, "--json"]).output)
    assert answer["curve"][-1]["actions"] == ["drop:photo"]
    options = ["--proposals", "0", *ADDED, "--exclude", "accept:birth:witnesses,accept:address:council-letter"]
    assert json.loads(run(app, ["simplify", *files, *options, "--json"]).output)["curve"][-1]["unlocked"] == 0
    options = ["--proposals", "0", *ADDED, "--floor", "home=village:300", "--ceiling", ":0"]
    assert [
        each["size"] for each in json.loads(run(app, ["simplify", *files, *options, "--json"]).output)["curve"]
    ] == [2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--add", "drop:nothing"], "the version asks no 'nothing'"),
        (["--add", "burn:birth"], "begin with one of"),
        (["--cost", "drop:nothing=2"], "there is no change drop:nothing"),
        (["--exclude", "drop:photo"], "is not two things"),
        (["--floor", "home=village:many"], "give a whole number after the colon"),
        (["--floor", "home=village:3000"], "no set within the limits"),
        (["--version", "7"], "There is no version 7. Use one of: 1, 2."),
        (["--most", "-1"], "most is -1"),
        (["--budget", "abc"], "abc is no amount. Give a number of at least 0, such as 3 or 2.5."),
        (["--budget", "-1"], "-1 is no amount"),
        (["--cost", "drop:photo=x"], "x is no amount"),
        (["--cost", "drop:photo=nan"], "nan is no amount"),
        (["--ceiling", "home=village:²"], "give a whole number after the colon"),
        (["--add", "narrow:birth:nonsense ge 60"], "Neither the people nor the procedure know of nonsense. There are:"),
        (["--add", "accept:birth:council"], "know of council. There are: address, birth, "),
        (["--add", "narrow:birth:home is vilage"], "know of vilage. There are: "),
        (["--add", "narrow:birth:home ge 60"], "column home"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(files, options, message):
    refused = run(app, ["simplify", *files, *options])
    assert isinstance(refused.exception, Refusal), refused.output
    assert message in str(refused.exception)


def test_the_burden_of_two_versions_is_said_beside_the_blocked(files):
    told = run(app, ["burden", *files, "--after", "2", "--by", "sex"])
    assert told.exit_code == 0, told.output
    assert "1,270 of 2,000 people are blocked" in told.output
    assert "1,120 of 2,000 people are blocked" in told.output
    assert "neither version blocks" in told.output
    found = json.loads(run(app, ["burden", *files, "--after", "2", "--json"]).output)
    assert found["burden"]["blocked"] == 1270
    assert found["before_and_after"]["after"]["blocked"] == 1120
    assert found["requirements"][0]["requirement"] == "birth"


@pytest.mark.usefixtures("wide")
def test_the_burden_says_every_measure_by_group_and_what_each_requirement_takes(files):
    told = " ".join(run(app, ["burden", *files, "--by", "home"]).output.split())
    for word in ("minutes", "money", "visits", "documents", "held by state", "days", "learning", "blocked", "By home"):
        assert word in told, word


@pytest.mark.usefixtures("wide")
def test_what_people_went_through_stands_beside_what_was_worked_out(files, tmp_path):
    rows = ["outcome,days,volunteer_minutes,finding_out,effort,worry,sex"]
    rows += ["granted,40,90,2,2,2,woman"] * 10 + ["gave_up,,30,5,5,5,man"] * 10 + ["pending,,,,,,"]
    (tmp_path / "lived.csv").write_text("\n".join(rows), encoding="utf-8")
    asked = ["burden", *files, "--observed", str(tmp_path / "lived.csv"), "--by", "sex"]
    told = " ".join(run(app, asked).output.split())
    for word in ("volunteer minutes", "given up", "Noted of 21 people", "by how it ended", "measured", "reported"):
        assert word in told, word
    found = json.loads(run(app, [*asked, "--json"]).output)["observed"]
    assert found["figures"]["given_up"]["value"] == 0.5
    assert found["figures"]["volunteer_minutes"]["gap"]["difference"] == 60
    assert {outcome: each["value"] for outcome, each in found["strain"].items()} == {"granted": 2, "gave_up": 5}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sex,age\nwoman,3", "lived.csv: none of its columns is noted here"),
        (
            "outcome\nwon",
            "column outcome, row 1: 'won' is no value of it; use one of: gave_up, granted, pending, refused",
        ),
        ("days\n-4", "column days, row 1: '-4' means nothing here"),
        ("outcome,finding_out,effort,worry\ngranted,1,2,9", "column worry, row 1: 9 is not on the scale"),
        ("person,days\nme,4\nme,5", "column person, row 2: the same person as in row 1"),
    ],
)
def test_what_was_noted_wrongly_is_refused_with_its_place(files, tmp_path, text, message):
    (tmp_path / "lived.csv").write_text(text, encoding="utf-8")
    refused = run(app, ["burden", *files, "--observed", str(tmp_path / "lived.csv")])
    assert message in str(refused.exception)


@pytest.mark.parametrize("command", ["replay", "simplify", "burden"])
def test_what_is_wrong_with_a_procedure_is_said_before_anything_is_worked_out(files, command):
    path = Path(files[0])
    text = path.read_text(encoding="utf-8")
    asked = """
[[version.step.requirement]]
key = "rent"
names = { en = "Rent" }
when = ["rent at least 3"]
any_of = []
"""
    path.write_text(text + asked + '[[attribute]]\nkey = "rent"\nnames = { en = "Rent" }\n', encoding="utf-8")
    told = run(app, [command, *files, "--version", "2", "--json"])
    assert "Nobody can meet “Rent”" in told.stderr
    assert "which is known of nobody" in told.stderr
    said = json.loads(told.stdout)
    assert len(said["warnings"]) >= 2


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    refused = run(app, ["simplify", str(tmp_path / "no.toml"), str(tmp_path / "no.parquet")])
    assert isinstance(refused.exception, Refusal)
    assert "no.toml" in str(refused.exception)


def test_an_added_change_about_a_column_no_version_asks_about_is_weighed_on_that_column(files):
    options = [
        "--proposals",
        "0",
        "--add",
        "narrow:birth:home is_not village",
        "--add",
        "accept:address:council-letter",
    ]
    answer = json.loads(run(app, ["simplify", *files, *options, "--json"]).output)
    people = read_caseload(files[1])
    version = read_procedure(files[0]).versions[0].version
    expected = simplify(people, version, [read_key(key) for key in options[3::2]]).best().unlocked
    assert answer["curve"][-1]["unlocked"] == expected > 0


def test_an_added_change_about_what_is_known_of_nobody_is_warned_of(files):
    path = Path(files[0])
    declared = '[[attribute]]\nkey = "rent"\nnames = { en = "Rent" }\n'
    path.write_text(path.read_text(encoding="utf-8") + declared, encoding="utf-8")
    told = run(app, ["simplify", *files, "--proposals", "0", "--add", "narrow:birth:rent ge 3"])
    assert told.exit_code == 0, told.output
    assert "depends on “Rent”, which is known of nobody" in told.stderr


@pytest.mark.parametrize("command", ["simplify", "burden"])
def test_the_version_in_force_is_the_newest_whose_day_has_come(files, command):
    path = Path(files[0])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("number = 2\n", "number = 2\nin_force_from = 2999-01-01\n"), encoding="utf-8")
    found = json.loads(run(app, [command, *files, "--json"]).output)
    assert (found.get("burden") or found)["blocked"] == 1270


@pytest.mark.parametrize("options", [["--proposals", "-3"], ["--seconds", "-1"], ["--seconds", "nan"]])
def test_a_number_that_means_nothing_is_refused(files, options):
    refused = run(app, ["simplify", *files, *options])
    assert refused.exit_code == 2
    assert options[0] in refused.stderr


def test_every_name_can_be_read_on_a_narrow_screen(files, monkeypatch):
    monkeypatch.setattr(out, "width", 80)
    told = run(app, ["burden", *files, "--by", "home"]).output
    assert "…" not in told
    for word in ("address", "village", "the state has: ", "asked of: ", "held by state: "):
        assert word in " ".join(told.replace("│", " ").split()), word
