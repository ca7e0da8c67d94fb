"""`pk__among`: the same as `pk__in` of a question, asked so that PostgreSQL answers it first and finds each row by its index."""

from typing import Any

from django.db.models import UUIDField
from django.db.models.lookups import In


@UUIDField.register_lookup
class Among(In):
    """For a few rows of a million: beside an OR, PostgreSQL would otherwise hold every row against `IN (SELECT ...)`."""

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Write `= ANY(ARRAY(SELECT ...))`."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY(ARRAY{rhs})", [*lhs_params, *rhs_params]
