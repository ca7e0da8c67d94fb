"""A paper is drawn from what it is told, and no copy of it stays in a browser."""

from relais.kernel import papers


def test_a_paper_says_what_it_is_told_under_its_own_name(tmp_path):
    document = tmp_path / "leaf.typ"
    document.write_text("#let told = json(bytes(sys.inputs.leaf))\n#told.words", encoding="utf-8")
    assert papers.draw(document, {"words": "Кочкор"}).startswith(b"%PDF")


def test_a_paper_is_read_at_once_and_kept_nowhere():
    answer = papers.sent(b"%PDF", "card")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="card.pdf"'
    assert answer["Cache-Control"] == "no-store"
