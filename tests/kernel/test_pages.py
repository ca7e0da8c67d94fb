import pytest
from django.http import HttpResponse

from relais.kernel.pages import WroteOnAReadingPage, reads, writes
from relais.organisations.models import Organisation


def test_a_page_that_reads_cannot_write(rf, db):
    @reads
    def page(request):
        Organisation.objects.create(slug="new", kind="association")
        return HttpResponse()

    with pytest.raises(WroteOnAReadingPage):
        page(rf.get("/"))


def test_a_page_that_reads_may_ask(rf, db):
    @reads
    def page(request):
        return HttpResponse(str(Organisation.objects.count()))

    assert page(rf.get("/")).content == b"0"


def test_a_page_that_writes_keeps_all_or_nothing(rf, db):
    @writes
    def page(request):
        Organisation.objects.create(slug="new", kind="association")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        page(rf.get("/"))
    assert not Organisation.objects.exists()
