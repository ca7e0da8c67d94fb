"""What one is told: notices of what tables changed for oneself, and the journal of one's organisation."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, ModelSchema, Query, Router, Schema

from relais.access.verbs import Verb
from relais.api.paging import Many, Page, page_of
from relais.api.shapes import Ask, Day, Only
from relais.journal.models import Entry
from relais.kernel.pages import reads, writes
from relais.roundtables import services
from relais.roundtables.models import Notice
from relais.roundtables.sentences import notice_words

router = Router(tags=["news and journal"])


class NoticeOut(ModelSchema):
    """One line for oneself, in one's language."""

    id: UUID
    words: str

    class Meta:
        model = Notice
        fields = ["id", "programme", "kind", "about_id", "link", "told_at", "seen_at"]

    @staticmethod
    def resolve_words(row: Notice) -> str:
        """Say it in the reader's language."""
        return str(notice_words(row))


class SeenOut(Schema):
    """How many notices were new."""

    seen: int


class EntryOut(ModelSchema):
    """One line of the journal: who did what to which row, in ids, codes and labels, chained to the line before."""

    id: UUID
    detail: dict[str, Any]

    class Meta:
        model = Entry
        fields = [
            *("id", "lane", "number", "at", "verb", "noun", "row_id", "actor_id", "actor_label", "organisation_id"),
            *("person_id", "detail", "previous", "hash"),
        ]
        personal = {"row_id", "actor_id", "actor_label", "person_id", "detail"}
        verb = Verb.JOURNAL_READ


class SeenAsk(Ask):
    """Which notices were read; all of one's own, when none are named."""

    ids: Annotated[list[UUID], Field(max_length=500)] | None = None


class EntryOnly(Only):
    """Which lines: about a noun such as case or identity, by a sign-in name, between two days."""

    about: str = Field("", max_length=64, pattern=r"^[a-z_]*$")
    by: str = Field("", max_length=150)
    since: Day | None = None
    until: Day | None = None


@router.get("notices", response=Many[NoticeOut])
@reads
def notice_list(request: HttpRequest, page: Query[Page]) -> Any:
    """List what one was told, the latest first."""
    return page_of(Notice.objects.filter(user=request.user).order_by("-told_at", "pk"), page)


@router.post("notices/seen", response=SeenOut)
@writes
def notices_seen(request: HttpRequest, ask: SeenAsk) -> Any:
    """Note that one read one's news."""
    return {"seen": services.see_notices(by=request.user, ids=ask.ids)}


@router.get("journal", response=Many[EntryOut])
@reads
def journal_list(request: HttpRequest, only: Query[EntryOnly], page: Query[Page]) -> Any:
    """List what was done in one's organisation, and who read whose identity."""
    rows = Entry.objects.reachable_by(request.user, Verb.JOURNAL_READ)
    return page_of(rows.said(**only.dict()).newest_first(), page)
