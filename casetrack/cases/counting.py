"""How many rows, up to a number beyond which nobody reads the figure: no count goes over everything."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from casetrack.lib.databases import connection_to_read

MOST = 999


def counted(parts: Mapping[str, QuerySet[Any]], *, most: int = MOST) -> dict[str, int]:
    """The number of rows of each part, asked in one question; `most` + 1 says that there are more."""
    found = dict.fromkeys(parts, 0)
    columns: list[str] = []
    values: list[Any] = []
    asked: list[str] = []
    for name, rows in parts.items():
        try:
            statement, given = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:  # a scope that opens nothing: there is no question to ask
            continue
        columns.append(f"(SELECT count(*) FROM ({statement}) AS rows)")
        values.extend(given)
        asked.append(name)
    if asked:
        with connection_to_read().cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)}", values)
            found |= dict(zip(asked, cursor.fetchone(), strict=True))
    return found
