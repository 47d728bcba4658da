"""Keys of single rows in a request of many: a row repeated under its key, in whatever company, is done once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from api.idempotency import WRITTEN, KeyInvalid, KeyReused
from api.permissions import user_of
from casetrack.accounts.models import IdempotencyKey
from casetrack.cases.copying import copy_in

KEY = "key"
LONGEST = 200
OF_ROWS = "row "  # before a row's key where it is kept: no header can hold a blank, so the two never meet

Result = dict[str, Any]


class RowKeys:
    """The keys of a request's rows. Committed together with what the rows did, as those of whole requests."""

    def __init__(self, request: Request, *, now: datetime) -> None:
        self.user, self.now = user_of(request), now
        self.path = request.path.rstrip("/")
        self.known: dict[str, IdempotencyKey] = {}
        self.fresh: dict[str, int] = {}  # the keys without an answer yet, each with the place of its row

    def claim(self, rows: Sequence[Any]) -> None:
        """Of two requests at a time the second waits here until the first has committed, then finds its answers."""
        wanted = {row[KEY]: row for row in reversed(rows) if isinstance(row, Mapping) and is_key(row.get(KEY))}
        if not wanted:
            return
        claims = [
            IdempotencyKey(user=self.user, key=OF_ROWS + key, digest=self.digest_of(row), created_at=self.now)
            for key, row in sorted(wanted.items())
        ]
        IdempotencyKey.objects.bulk_create(claims, ignore_conflicts=True)
        found = IdempotencyKey.objects.filter(user=self.user, key__in=[claim.key for claim in claims])
        self.known = {row.key.removeprefix(OF_ROWS): row for row in found}

    def answer_to(self, row: Mapping[str, Any], place: int) -> Result | None:
        """The answer that the row's key was given before; None for a row still to be done."""
        key = row.get(KEY)
        if key is None:
            return None
        if not is_key(key):
            raise KeyInvalid(f"行的键（key）应为1到{LONGEST}个可见的ASCII字符，建议用UUID")
        known = self.known[key]
        if known.digest != self.digest_of(row) or key in self.fresh:
            raise KeyReused(f"键“{key}”已用于另一行；新的行请换一个键，重发请保持内容不变")
        if known.status:
            return {"status": known.status, **json.loads(known.body), "replayed": True}
        self.fresh[key] = place
        return None

    def keep(self, results: Mapping[int, Result]) -> None:
        """Keep the answers of the rows that were done; the others leave no key."""
        IdempotencyKey.objects.filter(pk__in=[self.known[key].pk for key in self.fresh]).delete()
        done = {key: results[place] for key, place in self.fresh.items() if "problem" not in results[place]}
        copy_in([self.answered(key, result) for key, result in done.items()])

    def answered(self, key: str, result: Result) -> IdempotencyKey:
        said = {name: value for name, value in result.items() if name != "status"}
        return IdempotencyKey(
            user=self.user,
            key=OF_ROWS + key,
            digest=self.known[key].digest,
            status=result["status"],
            body=json.dumps(said, cls=JSONEncoder, ensure_ascii=False),
            created_at=self.now,
        )

    def digest_of(self, row: Mapping[str, Any]) -> str:
        asked = json.dumps([self.path, {name: value for name, value in row.items() if name != KEY}], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()


def is_key(key: object) -> bool:
    return isinstance(key, str) and len(key) <= LONGEST and bool(WRITTEN.fullmatch(key))
