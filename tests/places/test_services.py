import pytest

from relais.journal.models import Entry
from relais.kernel.refusals import Refusal
from relais.places import services
from relais.places.models import Territory
from tests.places.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_country_comes_with_its_subdivisions_and_its_names():
    kyrgyzstan = services.load_country(code="kg")

    assert {"en", "fr", "ar", "ru"} <= set(kyrgyzstan.names)
    assert kyrgyzstan.names["fr"] == "Kirghizstan"
    assert Territory.objects.within("KG").count() == 10
    chuy = Territory.objects.get(code="KG-C")
    assert (chuy.parent, chuy.level, chuy.path, chuy.kind) == (kyrgyzstan, 1, "KG/KG-C", "region")
    assert Entry.objects.get(verb="country.loaded").detail == {"code": "KG", "places": 10}


def test_loading_a_country_twice_changes_nothing():
    services.load_country(code="KG")
    before = list(Territory.objects.values_list("pk", "path"))
    services.load_country(code="KG")
    assert list(Territory.objects.values_list("pk", "path")) == before


def test_regions_stand_inside_their_region():
    services.load_country(code="FR")
    isere = Territory.objects.get(code="FR-38")
    assert isere.path == "FR/FR-ARA/FR-38"
    assert isere.level == 2


def test_kosovo_is_there_with_a_neutral_note():
    kosovo = services.load_country(code="XK")
    assert kosovo.names["en"] == "Kosovo"
    assert "1244" in kosovo.note["fr"]


def test_an_unknown_country_is_refused_with_what_to_write():
    with pytest.raises(Refusal, match="ISO 3166-1"):
        services.load_country(code="QZ")


def test_a_pack_adds_villages_below_and_can_rename_them():
    region = TerritoryFactory(code="KG-C", parent=TerritoryFactory(code="KG"))
    services.add_territory(code="KG-C-TOKMOK", names={"ru": "Токмок"}, parent=region, kind="town")
    town = services.add_territory(code="KG-C-TOKMOK", names={"en": "Tokmok"}, parent=region, kind="town")
    assert town.names == {"ru": "Токмок", "en": "Tokmok"}
    assert (town.path, town.level) == ("KG/KG-C/KG-C-TOKMOK", 2)


def test_a_village_does_not_move_by_mistake():
    one, other = TerritoryFactory(), TerritoryFactory()
    services.add_territory(code="V1", names={"en": "Village"}, parent=one, kind="village")
    with pytest.raises(Refusal, match="inside another"):
        services.add_territory(code="V1", names={"en": "Village"}, parent=other, kind="village")


@pytest.mark.parametrize("code", ["A/B", "X" * 300])
def test_a_code_that_would_break_the_path_is_refused(code):
    with pytest.raises(Refusal, match="cannot be used"):
        services.add_territory(code=code, names={"en": "Village"}, parent=TerritoryFactory(), kind="village")


def test_within_takes_a_place_and_what_is_inside_it_but_not_its_neighbour_of_a_like_name():
    kg = TerritoryFactory(code="KG")
    osh = TerritoryFactory(code="KG-O", parent=kg)
    village = TerritoryFactory(code="KG-O-1", parent=osh)
    TerritoryFactory(code="KG-OX", parent=kg)
    assert set(Territory.objects.within("KG/KG-O")) == {osh, village}
