"""Many rows in one request, each with its own answer, in order: a bad row never stops the good ones."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request

from api.errors import WHOLE, FieldsRefused, problem_of
from api.idempotency import Answer, KeyInvalid, KeyReused
from api.row_keys import KEY, Result, RowKeys
from api.serializers import Plain

MOST_ROWS = 1000
LARGEST_BODY = 16 * 1024 * 1024  # a thousand rows of 16 KB

Row = Mapping[str, Any]
Act = Callable[[Sequence[Row]], Sequence[Result]]


class RowProblemSerializer(Plain):
    """Why a row was refused, as every problem is said."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(label="出了什么问题，怎样解决")
    instance = serializers.CharField()
    code = serializers.CharField()
    errors_ = serializers.DictField(child=serializers.CharField(), required=False, label="该行有误的字段和原因")
    allowed = serializers.ListField(child=serializers.CharField(), required=False, label="可进行的步骤")


class RowResultSerializer(Plain):
    """The answer to one row."""

    status = serializers.IntegerField(label="该行的HTTP状态码")
    problem = RowProblemSerializer(required=False, label="该行未办理的原因")
    replayed = serializers.BooleanField(required=False, label="是否为此前以同一键办理过的结果")


def rows_in(request: Request, name: str) -> list[Any]:
    """The rows of the body, as many as one call may have."""
    rows = request.data.get(name) if isinstance(request.data, Mapping) else None
    if not isinstance(rows, list) or not rows:
        raise FieldsRefused({name: f"请在 {name} 中以数组填写各行，至少一行"})
    if len(rows) > MOST_ROWS:
        raise FieldsRefused({name: f"一次最多{MOST_ROWS}行，收到{len(rows)}行，请分批提交"})
    return rows


@transaction.atomic
def answer_rows(request: Request, rows: Sequence[Any], *, now: datetime, act: Act) -> Answer:
    """Do what those rows ask that have no answer yet; the answers to all, in order."""
    results: dict[int, Result] = {}
    fresh: dict[int, Row] = {}
    keys = RowKeys(request, now=now)
    keys.claim(rows)
    for place, row in enumerate(rows):
        try:
            if not isinstance(row, Mapping):
                raise FieldsRefused({WHOLE: "每一行应为一个对象"})
            if known := keys.answer_to(row, place):
                results[place] = known
            else:
                fresh[place] = {name: value for name, value in row.items() if name != KEY}
        except (KeyInvalid, KeyReused, FieldsRefused) as refusal:
            results[place] = refused(request, refusal)
    results |= zip(fresh, act(list(fresh.values())), strict=True)
    keys.keep(results)
    answers = [results[place] for place in range(len(rows))]
    good = [answer for answer in answers if "problem" not in answer]
    return Answer({"results": answers}, 200 if len(good) == len(answers) else 207, done=bool(good))


def refused(request: Request, refusal: Exception) -> Result:
    """The answer to a refused row. What nobody foresaw is raised on: then nothing was done at all."""
    problem = problem_of(refusal)
    if problem is None:
        raise refusal
    return {"status": problem.status, "problem": problem.body(request.path)}
