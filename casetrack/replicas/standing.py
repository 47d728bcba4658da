"""How a replica stands to the first database: whether it follows, has what was written, and how far it is behind."""

from dataclasses import dataclass
from typing import Any, Self

from casetrack.lib.databases import brief

# caught up with what it receives, a copy is 0 behind however long nothing was written; cut off, it can't know
ASKED = (
    "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, true),"
    " CASE WHEN EXISTS (SELECT FROM pg_stat_wal_receiver) AND pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn()"
    " THEN 0 ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`seconds` behind; None where that can't be known."""

    follows: bool
    has_all: bool
    seconds: float | None

    @classmethod
    def told(cls, cursor: Any, *, written: str | None = None) -> Self:
        """Asked by a cursor of the replica; `written` is a position of the log that it is to have."""
        cursor.execute(ASKED, [written])
        return cls(*cursor.fetchone())

    def unfit(self, *, most: int) -> str:
        """Why it can't be read from, for the log."""
        if not self.follows:
            return "is no replica, or no longer one"
        if self.seconds is None:
            return "is an unknown time behind"
        return f"is {self.seconds:.0f} s behind" if self.seconds > most else ""


def looked_at(alias: str, *, within: int) -> Standing:
    """Raises psycopg.Error where it does not answer."""
    with brief(alias, within=within) as asked:
        return Standing.told(asked)
