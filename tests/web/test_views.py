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


def test_the_page_of_components_shows_each_of_them(client, administrator):
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/components/").status_code == 200


def test_a_page_that_does_not_exist_says_what_to_do(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "first page" in response.content.decode()
