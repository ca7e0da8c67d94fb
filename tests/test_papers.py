"""What a PDF says besides what is on its page: nothing of who is meant, who drew it, when, and on which machine."""

import getpass
import os
import re
import socket
import zlib
from pathlib import Path

import pytest
from django.urls import reverse

import relais

pytestmark = pytest.mark.django_db
HERE = Path(relais.__file__).parent
PAPERS = {
    "card": ("people:card", lambda world: [world.person.pk], "companion"),
    "manifest": ("cases:manifest", lambda world: [world.dossier.batch_id], "coordinator"),
    "brief": ("roundtables:brief", lambda world: [world.table_draft.pk], "coordinator"),
}
TELLING = (b"/Author", b"/CreationDate", b"/ModDate", b"/Producer", b"CreateDate", b"ModifyDate", b"creator>", b"Typst")


def opened(pdf):
    """Give a PDF with every stream in it unpacked."""
    parts = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream[1]))
        except zlib.error:
            parts.append(stream[1])
    return b"\n".join(parts)


@pytest.fixture
def paper(furnished_world):
    def drawn(name):
        url, args, persona = PAPERS[name]
        answer = furnished_world.client_of(persona).get(reverse(url, args=args(furnished_world)))
        assert answer.content.startswith(b"%PDF")
        return furnished_world, answer, opened(answer.content)

    return drawn


def test_every_paper_there_is_is_looked_at():
    assert {file.stem for file in HERE.rglob("*.typ")} == set(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_tells_nothing_of_when_and_where_it_was_drawn(name, paper):
    _world, answer, said = paper(name)
    machine = [os.fsencode(str(each)) for each in (HERE.parent, Path.home(), getpass.getuser(), socket.gethostname())]
    machine = [each for each in machine if len(each) > 4]
    assert [each for each in (*TELLING, *machine, b"file://", b"/usr/", b"/home/") if each in said] == []
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", PAPERS)
def test_nobody_is_named_in_a_paper_its_file_name_or_its_address(name, paper):
    world, answer, said = paper(name)
    hidden = [world.companion.display_name, world.coordinator.username, "Рахимова", "Rahimova", str(world.person.pk)]
    told = said.decode("latin-1") + said.decode("utf-16-be", errors="ignore") + str(answer.headers)
    assert [each for each in hidden if each in told] == []
