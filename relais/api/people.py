"""People: their code and what is open of them; who they are, only through identities.py."""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema, Status

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, found, named, page_of
from relais.api.shapes import Ask, AskAgain, Day, Language, Line, Only, Said
from relais.kernel.pages import reads, writes
from relais.organisations.models import Organisation
from relais.people import services
from relais.people.identities import Facts, Paper
from relais.people.matching import describe
from relais.people.models import Person
from relais.places.models import Territory
from relais.programmes.models import Programme

router = Router(tags=["people"])
ANSWERS = ["sex", "birth_year", "birth_known", "status", "disability", "household", "language", "reads"]
FOR_WHO_STANDS_BESIDE = {"status": "", "disability": "", "household": None, "language": "", "reads": None}


class PersonOut(ModelSchema):
    """Someone by their code, with what cases are counted by; not who they are."""

    id: UUID

    class Meta:
        model = Person
        fields = ["id", "code", "programme", "organisation", *ANSWERS, "territory", "registered_at", "merged_into"]
        personal = {"code", *ANSWERS, "territory"}
        verb = Verb.PERSON_READ


class FoundOut(Schema):
    """Someone found at the door: by code alone, why they were found, and whether one may open the file."""

    id: UUID | None
    code: str
    reasons: list[str]
    within_reach: bool


class PersonOnly(Only):
    """Which people."""

    programme: UUID | None = None
    organisation: UUID | None = None
    code: str | None = Field(None, max_length=20)


class PaperAsk(Ask):
    """A document someone holds."""

    kind: str = Field(max_length=60)
    number: str = Field(max_length=60)


class IdentityAsk(Ask):
    """What a person is called, and what else they chose to say."""

    called: str = Field(max_length=200)
    other_names: list[str] = Field([], max_length=10)
    born_on: Day | None = None
    papers: list[PaperAsk] = Field([], max_length=20)

    def facts(self) -> Facts:
        """Give it as it is sealed."""
        papers = tuple(Paper(paper.kind, paper.number) for paper in self.papers)
        return Facts(self.called, tuple(self.other_names), self.born_on, papers)


class AnswersAsk(Ask):
    """What conditions of procedures ask about; nothing of it has to be known."""

    sex: Literal["", *Person.Sex.values] = ""
    birth_year: int | None = Field(None, ge=1900, le=2100)
    birth_known: Literal[*Person.BirthKnown.values] = "unknown"
    status: str = Field("", max_length=40)
    disability: Literal["", *Person.Disability.values] = ""
    household: int | None = Field(None, ge=0, le=200)
    language: Language | Literal[""] = ""
    reads: bool | None = None
    territory: UUID | None = None

    def answers(self) -> dict[str, Any]:
        """Give them with the territory they name."""
        return {**self.dict(), "territory": named(Territory.objects.all(), self.territory, "answers.territory")}


class PersonAsk(AskAgain):
    """Someone to register, after a search did not find them."""

    organisation: UUID
    programme: UUID
    identity: IdentityAsk
    answers: AnswersAsk = AnswersAsk()
    sure: bool = False


class SearchAsk(Ask):
    """By what someone is called, or by the code of their card."""

    organisation: UUID
    names: list[Line] = Field([], max_length=10)
    code: str = Field("", max_length=20)


def _told(people: list[Person], by: Any) -> list[Person]:
    """Leave out, of people one knows by their consent alone, the answers they gave to who stands beside them."""
    beside = Person.objects.filter(pk__in=[person.pk for person in people]).reachable_by(by, Verb.PERSON_CORRECT)
    known = set(beside.values_list("pk", flat=True))
    for person in people:
        if person.pk not in known:
            for name, unsaid in FOR_WHO_STANDS_BESIDE.items():
                setattr(person, name, unsaid)
    return people


@router.get("people", response=Many[PersonOut])
@reads
def person_list(request: HttpRequest, only: Query[PersonOnly], page: Query[Page]) -> Any:
    """List the people within reach, by code."""
    rows = Person.objects.reachable_by(request.user, Verb.PERSON_READ).known()
    tell = partial(_told, by=request.user)
    return page_of(rows.filter(**only.dict(exclude_none=True)).order_by("-registered_at", "pk"), page, tell)


@router.get("people/{uuid:id}", response=PersonOut)
@reads
def person(request: HttpRequest, id: UUID) -> Any:
    """Show one person by code."""
    return _told([found(Person.objects.reachable_by(request.user, Verb.PERSON_READ), id)], request.user)[0]


@router.post("people/search", response=list[FoundOut])
@writes
def person_search(request: HttpRequest, ask: SearchAsk) -> Any:
    """Find someone despite spelling and script, before registering them; the names sought are kept nowhere."""
    place = named(
        Organisation.objects.reachable_by(request.user, Verb.PERSON_REGISTER), ask.organisation, "organisation"
    )
    sought = ask.code or describe(*ask.names)
    hits = services.find_people(organisation=place, by=request.user, sought=sought)
    return [
        {
            "id": hit.person.pk if hit.within_reach else None,
            "code": hit.person.code,
            "reasons": list(hit.reasons),
            "within_reach": hit.within_reach,
        }
        for hit in hits
    ]


@router.post("people", response={201: PersonOut})
@writes
def person_register(request: HttpRequest, ask: PersonAsk) -> Any:
    """Register someone; nothing is asked but what we call them."""
    organisations = Organisation.objects.reachable_by(request.user, Verb.PERSON_REGISTER)
    programmes = Programme.objects.reachable_by(request.user, Verb.PROGRAMME_READ)
    return Status(
        201,
        services.register_person(
            organisation=named(organisations, ask.organisation, "organisation"),
            programme=named(programmes, ask.programme, "programme"),
            facts=ask.identity.facts(),
            by=request.user,
            id=ask.id,
            sure=ask.sure,
            **ask.answers.answers(),
        ),
    )


@router.post("people/{uuid:id}/forget-request", response=Said)
@writes
def person_ask_to_be_forgotten(request: HttpRequest, id: UUID) -> Any:
    """Record that someone asked to be forgotten; a coordinator carries it out."""
    services.ask_to_be_forgotten(
        person=found(Person.objects.reachable_by(request.user, Verb.PERSON_CORRECT), id), by=request.user
    )
    return {}
