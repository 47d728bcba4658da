"""docs/problems.md: every problem that the service can answer, with its status and the way out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from api.errors import PLAIN, STATUS_OF_REFUSAL, UNPROCESSABLE, ApiRefused
from api.titles import TITLES
from api.urls import v1
from casetrack.kinds.refusals import Refused

ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (\d{3}) \| (.+?) \|$", re.MULTILINE)
PAGE: dict[str, tuple[str, str, str]] = {
    code: (title, status, way)
    for code, title, status, way in ROW.findall((Path(settings.BASE_DIR) / "docs" / "problems.md").read_text())
}


def below(parent: type[Any]) -> Iterator[type[Any]]:
    for child in parent.__subclasses__():
        yield child
        yield from below(child)


def test_the_page_lists_every_problem_with_its_title() -> None:
    assert {code: title for code, (title, _, _) in PAGE.items()} == TITLES


def test_the_page_says_the_status_that_the_service_answers_with() -> None:
    assert v1, "the views are loaded, and their refusals with them"
    answered = {code: status for _, status, code, _ in PLAIN}
    answered |= {refusal.code: STATUS_OF_REFUSAL.get(refusal.code, UNPROCESSABLE) for refusal in below(Refused)}
    answered |= {refusal.default_code: refusal.status_code for refusal in below(ApiRefused)}

    assert {code: PAGE[code][1] for code in answered} == {code: str(status) for code, status in answered.items()}


def test_the_page_is_in_order_and_says_a_way_out_of_each() -> None:
    assert list(PAGE) == sorted(PAGE)
    assert all(len(way) > 5 for _, _, way in PAGE.values())
