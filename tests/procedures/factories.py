"""A procedure in force, taken over from text as a pack would bring it."""

from relais.procedures import services
from relais.procedures.models import Procedure, ProcedureVersion
from relais.procedures.toml import read
from tests.organisations.factories import AuthorityFactory, OrganisationFactory
from tests.programmes.factories import ProgrammeFactory

TEXT = """
key = "citizenship"
names = { en = "Citizenship", fr = "Citoyenneté", ru = "Гражданство", ky = "Жарандык" }
about = { en = "For people who live here and have no nationality." }

[service]
key = "citizenship"
names = { en = "Citizenship", fr = "Citoyenneté" }
authority = "passport-office"

[[attribute]]
key = "age"
names = { en = "age", fr = "l’âge" }

[[attribute]]
key = "status"
names = { en = "status", fr = "le statut" }
values = { refugee = { en = "refugee", fr = "réfugié" }, stateless = { en = "stateless", fr = "apatride" } }

[[evidence]]
key = "birth-certificate"
names = { en = "Birth certificate", fr = "Acte de naissance", ru = "Свидетельство о рождении" }
about = { en = "From the registry of the place where you were born." }
visits = 3
fee = 500
days = 60

[[evidence]]
key = "two-witnesses"
names = { en = "Two witnesses", fr = "Deux témoins" }
visits = 1
minutes = 60

[[evidence]]
key = "photo"
names = { en = "Photograph", fr = "Photographie" }
fee = 100
minutes = 15

[[version]]
number = 1
in_force_from = 2020-01-01
currency = "KGS"

[[version.step]]
key = "apply"
names = { en = "Hand in the file", fr = "Déposer le dossier", ru = "Подать документы" }
place = { en = "Passport office of your district" }
fee = 300
minutes = 45

[[version.step.requirement]]
key = "birth"
names = { en = "Where and when you were born", fr = "Où et quand vous êtes né" }
why = { en = "Citizenship is given to one person only once." }
any_of = [["birth-certificate"]]

[[version.step.requirement]]
key = "face"
names = { en = "What you look like", fr = "À quoi vous ressemblez" }
any_of = [["photo"]]
when = ["age at least 16"]
must_keep = true
legal_basis = "Law on citizenship, article 9"

[[version.step]]
key = "collect"
names = { en = "Collect the passport", fr = "Retirer le passeport" }
waiting_days = 90
"""


def make_procedure(programme=None, authority=None, key="citizenship", by=None) -> Procedure:
    """Give a procedure with one version in force, in a programme whose partners are its authority and an association."""
    authority = authority or AuthorityFactory()
    programme = programme or ProgrammeFactory(partners=[authority, OrganisationFactory()])
    written = read(TEXT.replace('key = "citizenship"', f'key = "{key}"', 1))
    return services.import_procedure(written=written, programme=programme, authority=authority, by=by)


def make_draft(procedure: Procedure, by) -> ProcedureVersion:
    """Give a draft someone made of the version in force."""
    return services.draft_version(procedure=procedure, by=by, names={"en": "Two witnesses"})


def unmet(draft, by):
    """Ask in a draft for what nobody can show: of refugees, of everyone else, and of who pays a rent nobody knows of."""
    for name, condition in (
        ("Not a refugee", [{"attribute": "status", "op": "is", "value": "refugee"}]),
        ("A refugee", [{"attribute": "status", "op": "is_not", "value": "refugee"}]),
        ("A low rent", [{"attribute": "rent", "op": "ge", "value": 3}]),
    ):
        services.add_requirement(step=draft.steps.first(), names={"en": name}, condition=condition, by=by)
