"""JSON as it may come in: what the database can't hold is refused here, before anyone reads it."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from api.errors import ApiRefused, BodyTooLarge

DEEPEST = 20


class StrictJsonParser(BaseParser):
    """UTF-8 JSON without NUL, lone surrogates, NaN, endless numbers or endless nesting.

    A view that takes many rows says its own `largest_body`.
    """

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        view = (parser_context or {}).get("view")
        most = getattr(view, "largest_body", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        content = stream.read(most + 1)
        if len(content) > most:
            raise BodyTooLarge(f"请求内容超过{most // 1024}KB，请分批提交")
        return strictly_read(content)


def strictly_read(content: bytes) -> Any:
    """What a body says, if the database could hold it."""
    try:
        value = json.loads(content.decode("utf-8"), parse_constant=refuse_constant)
    except RecursionError:
        raise ApiRefused(f"JSON嵌套过深，最多{DEEPEST}层") from None
    except ValueError as error:
        raise ApiRefused(f"请求内容不是有效的JSON（UTF-8编码）：{error}") from None
    refuse_unstorable(value)
    return value


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def refuse_unstorable(value: Any) -> None:
    """Walks by layers: nothing that a client sends decides how deep this process recurses."""
    layer = [value]
    for _ in range(DEEPEST):
        for item in layer:
            refuse_leaf(item)
        layer = [inner for item in layer for inner in contents_of(item)]
        if not layer:
            return
    raise ApiRefused(f"JSON嵌套过深，最多{DEEPEST}层")


def contents_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def refuse_leaf(value: Any) -> None:
    if isinstance(value, str) and ("\x00" in value or not encodable(value)):
        raise ApiRefused("文字中含有不能保存的字符（空字符或残缺的Unicode字符），请删去后重试")
    if isinstance(value, float) and not math.isfinite(value):
        raise ApiRefused("数字过大，无法处理")


def encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
