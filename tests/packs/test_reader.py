import shutil
from pathlib import Path

import pytest

from relais.packs.reader import read_pack
from relais.procedures.toml import Faulty

SAIRON = Path(__file__).resolve().parent.parent.parent / "packs" / "sairon"


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(SAIRON, tmp_path / "sairon"))


def change(pack, file, before, after):
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def faults_of(pack):
    with pytest.raises(Faulty) as refused:
        read_pack(pack)
    return refused.value.faults


def test_sairon_has_no_fault():
    assert read_pack(SAIRON).name == "sairon"


def test_a_folder_without_a_pack_is_refused(tmp_path):
    assert "no pack.toml" in str(faults_of(tmp_path)[0])


@pytest.mark.parametrize(
    ("file", "before", "after", "remedy"),
    [
        ("pack.toml", 'part = "volunteers"', 'part = "volunteer"', "Did you mean volunteers?"),
        ("pack.toml", "time_zone =", "timezone =", "Did you mean time_zone?"),
        ("pack.toml", 'time_zone = "Asia/Bishkek"', 'time_zone = "Asia/Bishkeck"', "Did you mean Asia/Bishkek?"),
        ("places.toml", 'organisation = "passport-service"', 'organisation = "pasport-service"', "passport-service"),
        ("places.toml", 'territory = "KG-C-IA"', 'territory = "UZ-C-IA"', "Give a code of KG"),
        ("places.toml", "step_free = true", "step_free = 1", "Give true or false"),
        ("places.toml", 'key = "kant"', 'key = "Kant office"', "small letters"),
        ("training.toml", "right = 0", "right = 9", "there are 3 choices"),
        ("training.toml", "version = 2", "version = 7", "Name one that is there"),
        ("training.toml", "pass_mark = 75", "pass_mark = -1", "at least 0"),
        ("meetings.toml", "starts_at = 14:00:00", 'starts_at = "two"', "Give a time"),
        ("needs.toml", 'fr = "Dégâts", ', "", "English and French"),
    ],
)
def test_a_mistake_is_told_with_its_file_its_line_and_a_remedy(pack, file, before, after, remedy):
    line = change(pack, file, before, after)
    fault = next(fault for fault in faults_of(pack) if remedy in str(fault))
    assert fault.file == file
    assert abs(fault.line - line) <= 14  # the line itself, or where its table begins


def test_every_mistake_is_told_at_once(pack):
    change(pack, "pack.toml", 'part = "volunteers"', 'part = "x"')
    change(pack, "places.toml", "step_free = true", "step_free = 1")
    assert {fault.file for fault in faults_of(pack)} == {"pack.toml", "places.toml"}


def test_a_file_that_is_not_toml_is_told_with_its_line(pack):
    (pack / "needs.toml").write_text("[[assessments]]\nkey = \n", encoding="utf-8")
    (fault,) = faults_of(pack)
    assert (fault.file, fault.line) == ("needs.toml", 2)


@pytest.mark.parametrize("file", ["needs.toml", "procedures/citizenship.toml"])
def test_a_file_that_is_not_utf_8_is_told_with_its_line_and_what_to_do(pack, file):
    (pack / file).write_bytes("# one\n# âge\n".encode("latin-1"))
    (fault,) = faults_of(pack)
    assert str(fault) == f"{file}:2: its letters are not written as UTF-8. Save it again as UTF-8."


def test_a_stray_file_is_told(pack):
    (pack / "trainings.toml").write_text("", encoding="utf-8")
    assert "Did you mean training.toml?" in str(faults_of(pack)[0])


def test_a_key_given_twice_is_told(pack):
    change(pack, "places.toml", 'key = "tokmok"', 'key = "kant"')
    assert "twice" in str(faults_of(pack)[0])


def test_an_authority_nobody_described_is_told(pack):
    change(pack, "procedures/citizenship.toml", 'authority = "passport-service"', 'authority = "passports"')
    assert "passport-service" in str(faults_of(pack)[0])


def test_a_table_that_must_be_there_is_asked_for(pack):
    change(pack, "pack.toml", "[pack]\n", "[pock]\n")
    assert any("Add [pack]" in str(fault) for fault in faults_of(pack))
