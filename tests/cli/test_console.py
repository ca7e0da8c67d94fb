"""What commands print stands as people wrote it, what they write is whole or refused, and what takes long is said."""

import errno

import pytest
from typer.testing import CliRunner

from relais.cli import console, main
from relais.cli.console import doing, plain, told, writing
from relais.cli.main import app
from relais.cli.tables import out
from relais.kernel.refusals import Refusal

run = CliRunner().invoke

PROCEDURE = """
key = "card"
names = { en = "Card [/b]" }
[service]
key = "cards"
names = { en = "Cards" }
authority = "office"
[[evidence]]
key = "birth"
names = { en = "Birth [north] certificate" }
[[version]]
number = 1
in_force_from = 2020-01-01
[[version.step]]
key = "apply"
names = { en = "Apply [here]" }
[[version.step.requirement]]
key = "who"
names = { en = "Who [you] are" }
any_of = [["birth"]]
"""


@pytest.fixture
def files(tmp_path):
    """A procedure and people whose words hold brackets, a closing mark, and the name of a picture between colons."""
    (tmp_path / "card.toml").write_text(PROCEDURE, encoding="utf-8")
    people = ["birth,area", "1,[/b]", "2,[north] side", "2,:house:", "0,[bold]"]
    (tmp_path / "people[north].csv").write_text("\n".join(people), encoding="utf-8")
    return [str(tmp_path / "card.toml"), str(tmp_path / "people[north].csv")]


@pytest.mark.parametrize(
    ("command", "more"),
    [("replay", ["--exact"]), ("simplify", []), ("burden", [])],
)
def test_words_in_brackets_are_printed_as_they_are(files, monkeypatch, command, more):
    monkeypatch.setattr(out, "width", 120)
    printed = run(app, [command, *files, "--by", "area", *more])
    assert printed.exit_code == 0, printed.output
    for word in ("[/b]", "[north] side", ":house:", "[bold]"):
        assert word in printed.stdout, word
    if command == "replay":
        assert "Who [you] are" in printed.stdout


def test_a_refusal_and_a_warning_keep_their_brackets(files, tmp_path, monkeypatch, capsys):
    (tmp_path / "rent.toml").write_text(PROCEDURE + 'when = ["rent at least 3"]\n', encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["relais", "burden", str(tmp_path / "rent.toml"), files[1]])
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert ended.value.code == 1
    assert "Add [[attribute]]" in " ".join(capsys.readouterr().err.split())
    (tmp_path / "odd.toml").write_text(PROCEDURE.replace('[["birth"]]', "[]"), encoding="utf-8")
    assert "“Who [you] are”" in run(app, ["replay", str(tmp_path / "odd.toml"), files[1]]).stderr


@pytest.mark.parametrize(
    "wrong", [OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "Permission denied")]
)
def test_a_disk_that_refuses_is_said_and_no_half_of_a_file_is_left(tmp_path, wrong):
    file = tmp_path / "log.json"

    def write():
        with writing(file):
            file.write_text("half", encoding="utf-8")
            raise wrong

    with pytest.raises(Refusal) as refused:
        write()
    assert str(refused.value).startswith(f"{file} cannot be written. {wrong.strerror}.")
    assert not file.exists()


def test_a_file_that_is_there_already_is_left_as_it_is(tmp_path):
    file = tmp_path / "log.json"
    file.write_text("whole", encoding="utf-8")
    with pytest.raises(Refusal, match="is there already"), writing(file), file.open("x"):
        pass
    assert file.read_text(encoding="utf-8") == "whole"


def test_what_is_being_done_is_told_once_and_not_too_often(capsys):
    with doing("beginning") as tell:
        for what in ("one [/b]", "one [/b]", "two"):
            tell(what)
    with doing("beginning", every=60) as tell:
        tell("too soon")
    with doing("beginning", quiet=True) as tell:
        tell("to nobody")
    assert capsys.readouterr().err.split("\n") == ["one [/b]", "two", ""]


def test_on_a_screen_what_is_being_done_is_a_line_that_moves(monkeypatch, capsys):
    screen = plain(stderr=True, force_terminal=True, width=80)
    monkeypatch.setattr(console, "told", screen)
    with doing("beginning") as tell:
        tell("weighing [/b]")
    assert "weighing [/b]" in capsys.readouterr().err
    assert not told.is_terminal


def test_what_was_there_before_a_failed_writing_stays(tmp_path):
    """The folder of keys may be a link to another disk: a full one must not cost the link."""
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    link = tmp_path / "keys"
    link.symlink_to(kept)
    old = tmp_path / "old.txt"
    old.write_text("whole")
    for path in (link, old):
        with pytest.raises(Refusal, match="cannot be written"), writing(path):
            raise OSError(errno.ENOSPC, "No space left on device")
    assert link.is_symlink()
    assert old.read_text() == "whole"
