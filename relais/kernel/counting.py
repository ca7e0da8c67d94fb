"""Counts of many kinds of rows, asked in one question."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery


class _Distinct(Func):
    function, template = "COUNT", "%(function)s(DISTINCT %(expressions)s)"


def how_many(rows: QuerySet[Any], of: str = "pk") -> Subquery:
    """Count what rows name, each once, inside a question about something else."""
    count = _Distinct(F(of), output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=count).values("how_many"))
