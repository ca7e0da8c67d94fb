from pathlib import Path

from relais import web


def test_a_visitor_finds_an_open_door(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert "Hear" in response.content.decode()


def test_the_page_runs_from_right_to_left_in_arabic(client, db):
    response = client.get("/", headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_the_language_is_chosen_without_a_script_and_without_an_account(client, db):
    client.post("/language/", {"language": "fr", "next": "/"})
    assert '<html lang="fr" dir="ltr">' in client.get("/").content.decode()


WITHIN_A_FORM = {"errors", "field", "field_errors", "listen"}  # drawn by {{ form }}


def test_the_page_of_components_shows_each_of_them(client, administrator):
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/components/").status_code == 200
    templates = Path(web.__file__).parent / "templates" / "web"
    shown = (templates / "components.html").read_text("utf-8")
    names = {path.stem for path in (templates / "components").glob("*.html")} - WITHIN_A_FORM
    assert {name for name in names if f'"{name}"' not in shown} == set()


def test_a_page_that_does_not_exist_says_what_to_do(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "first page" in response.content.decode()


def test_the_story_of_a_demonstration_opens_each_page_as_who_lives_it(client, world, settings):
    settings.RELAIS_DEMO = True
    assert client.get("/demo/").status_code == 200
    for number in range(1, 9):
        response = client.post(f"/demo/{number}/", follow=True)
        assert response.status_code == 200
        assert response.wsgi_request.user.is_authenticated


def test_the_pages_of_the_story_are_in_the_language_it_was_read_in(client, world, settings):
    settings.RELAIS_DEMO = True
    opened = client.post("/demo/1/", follow=True, headers={"accept-language": "fr"})
    assert opened.wsgi_request.user.language != "fr"
    assert 'lang="fr"' in opened.content.decode()


def test_the_story_shows_how_many_were_stopped_not_only_who_said_so(client, world, settings):
    settings.RELAIS_DEMO = True
    assert client.post("/demo/2/", follow=True).request["PATH_INFO"] == "/barriers/counts/"


def test_nobody_is_signed_in_by_a_click_where_people_are_real(client, world):
    assert client.post("/demo/1/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demonstration_without_people_says_how_to_get_them(client, db, settings):
    settings.RELAIS_DEMO = True
    assert "make demo" in client.post("/demo/1/", follow=True).content.decode()
