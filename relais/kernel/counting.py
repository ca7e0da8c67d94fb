"""Counts of many kinds of rows, asked in one question."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery


def how_many(rows: QuerySet[Any], of: str = "pk") -> Subquery:
    """Count rows, or what they name each once, inside a question about something else."""
    once = "" if of == "pk" else "DISTINCT "
    count = Func(F(of), template=f"COUNT({once}%(expressions)s)", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=count).values("how_many"))
