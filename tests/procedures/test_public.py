"""What everyone may read: the leaflet of a procedure in force, in their language, and the same for computers."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from pyshacl import validate
from rdflib import Graph

from tests.procedures.factories import make_draft, make_procedure
from tests.programmes.factories import ProgrammeFactory

pytestmark = [
    pytest.mark.django_db,
    # rdflib's JSON-LD parser still uses its own deprecated class.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SHAPES = Path(__file__).parent / "cpsv_ap.shapes.ttl"


@pytest.fixture
def procedure(world):
    programme = ProgrammeFactory(
        partners=[world.organisation, world.authority_office], languages=["ru", "ky", "en", "fr"]
    )
    return make_procedure(programme, world.authority_office)


def address(name, procedure):
    return reverse(f"procedures:{name}", args=[procedure.programme.slug, procedure.key])


def test_the_leaflet_says_what_is_needed_where_how_long_and_what_it_costs(client, procedure):
    page = client.get(address("leaflet", procedure)).content.decode()
    for words in (
        "Birth certificate",
        "Passport office of your district",
        "90 days of waiting",
        "300\u00a0KGS",
        "3 visits",
    ):
        assert words in page
    assert "Only if age is 16 or more." in page
    assert f'href="{address("jsonld", procedure)}"' in page
    assert page.index("Hand in the file") < page.index("Collect the passport")


def test_the_leaflet_is_read_in_the_languages_of_the_programme(client, procedure):
    page = client.get(address("leaflet", procedure) + "?lang=ru").content.decode()
    assert '<article class="leaflet" lang="ru"' in page
    assert "Свидетельство о рождении" in page
    assert "90 дней ожидания" in page
    assert '<html lang="en"' in page


def test_a_language_the_procedure_is_not_written_in_falls_back(client, procedure):
    page = client.get(address("leaflet", procedure) + "?lang=zz").content.decode()
    assert '<article class="leaflet" lang="en"' in page


def test_a_draft_is_not_public(client, procedure, coordinator):
    draft = make_draft(procedure, coordinator)
    draft.procedure.versions.filter(state="in_force").update(state="retired")
    assert client.get(address("leaflet", procedure)).status_code == 404
    assert "Citizenship" not in client.get(reverse("procedures:public")).content.decode()


@pytest.mark.parametrize("name", ["leaflet", "jsonld"])
def test_a_public_page_asks_a_constant_number_of_questions(client, procedure, django_assert_max_num_queries, name):
    with django_assert_max_num_queries(9):
        client.get(address(name, procedure))


def test_the_export_is_valid_cpsv_ap(client, procedure):
    response = client.get(address("jsonld", procedure))
    assert response["Content-Type"] == "application/ld+json"
    graph = Graph().parse(data=response.content, format="json-ld")
    conforms, _report, said = validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    assert conforms, said


def test_the_shapes_would_notice_what_is_missing(client, procedure):
    document = json.loads(client.get(address("jsonld", procedure)).content)
    for name in ("dct:title", "cv:hasCompetentAuthority", "dct:description", "dct:identifier"):
        broken = json.dumps({key: value for key, value in document.items() if key != name})
        conforms, *_ = validate(Graph().parse(data=broken, format="json-ld"), shacl_graph=Graph().parse(SHAPES))
        assert not conforms, name


def test_everything_asked_is_in_the_export(client, procedure):
    graph = Graph().parse(data=client.get(address("jsonld", procedure)).content, format="json-ld")
    found = graph.query(
        """
        PREFIX cv: <http://data.europa.eu/m8g/> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?asked ?proof WHERE {
            ?service cv:holdsRequirement ?r . ?r dct:identifier ?asked ; cv:hasEvidenceTypeList ?list .
            ?list cv:specifiesEvidenceType ?paper . ?paper dct:identifier ?proof }
        """
    )
    assert {(str(row.asked), str(row.proof)) for row in found} == {("birth", "birth-certificate"), ("face", "photo")}
