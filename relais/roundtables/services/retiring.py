"""Taking a procedure out of force without another in its place, and telling who accompanies people through it."""

from datetime import date

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from relais.accounts.models import User
from relais.cases.models import Case
from relais.procedures.models import ProcedureVersion
from relais.procedures.services import retire_version
from relais.roundtables.models import Notice
from relais.roundtables.services.notices import tell


@transaction.atomic
def retire_procedure(
    *, version: ProcedureVersion, reason: str, open_cases: str, by: User, on: date | None = None
) -> ProcedureVersion:
    """Retire a version with its reason; each companion learns it, and for how many of their people."""
    retire_version(version=version, reason=reason, open_cases=open_cases, by=by, on=on)
    carried = Case.objects.filter(version=version, closed_at=None).order_by().values("companion")
    people = dict(carried.annotate(count=Count("pk")).values_list("companion", "count"))
    for companion in User.objects.filter(pk__in=list(people)):
        tell(
            users=[companion],
            programme=version.procedure.programme,
            kind=Notice.Kind.RETIRED,
            about=version.pk,
            link=reverse("procedures:version", args=[version.pk]),
            but=by,
            name=version.procedure.names,
            people=people[companion.pk],
            reason=version.retired_because,
            open_cases=open_cases,
        )
    return version
