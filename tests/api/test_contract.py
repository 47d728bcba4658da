"""The contract, held against the service by schemathesis: whatever is sent, the answer is one that the schema names.

The requests are the same in every run. Each leaves nothing behind. What a client may not know, the numbers of rows that
are there, is put into half of what is well formed, so that not all of it ends at 404.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import negative_data_rejection
from schemathesis.specs.openapi.schemas import OpenApiSchema

from api.examples import examples, in_address
from casetrack.accounts.models import Token, User
from tests.api.examples.world import build
from tests.api.published import published
from tests.undoing import undone

pytestmark = pytest.mark.django_db

REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429", "5xx"]
CONFIG = {
    "seed": 1,
    "generation": {
        "mode": "all",  # what the schema allows, and what it forbids
        "max-examples": 8,
        "deterministic": True,
        "database": "none",
        "with-security-parameters": False,
    },
    "phases": {"stateful": {"enabled": False}},
    # what the schema can't say, such as the facts of a kind, is refused too
    "checks": {
        "positive_data_acceptance": {"enabled": False},
        # of many in one call each has its own answer
        "negative_data_rejection": {"expected-statuses": [*REFUSED, "207"]},
        "missing_required_header": {"expected-statuses": ["401", "403", "404", "428"]},
    },
}
Case = schemathesis.Case[Any]
Callers = list[dict[str, str]]


@pytest.fixture(scope="module")
def contract() -> OpenApiSchema:
    found = schemathesis.openapi.from_dict(deepcopy(published()), config=SchemathesisConfig.from_dict(CONFIG))
    found.app = get_wsgi_application()
    return found


@pytest.fixture(autouse=True)
def connection_kept() -> Iterator[None]:
    """The test's transaction lives in the connection that a web server would look after between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def callers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callers]:
    """What those send who may do much in the world of the examples, only look, or see nothing of it."""
    with django_db_blocker.unblock(), undone():
        world = build()
        users = (world.supervisor, world.administrator, world.auditor, User.objects.create_user("stranger"))
        secrets = [Token.issue(user=user, name="测试", now=timezone.now(), expires_at=None)[1] for user in users]
        # else each request would note its use anew, as what the one before noted is undone
        Token.objects.update(last_used_at=timezone.now() + timedelta(hours=1))
        yield [{"Authorization": f"Bearer {secret}"} for secret in secrets]


@pytest.mark.parametrize("name", examples())
def test_every_answer_is_one_that_the_contract_names(name: str, contract: OpenApiSchema, callers: Callers) -> None:
    """What `contract.parametrize()` does, but for making up all requests before the first test, in every process."""
    ask_as_drawn = build_operation_test(
        config=contract.config,
        operation=contract.find_operation_by_id(name),
        test_func=ask,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(contract)),
    )
    ask_as_drawn(callers=callers)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def ask(case: Case, callers: Callers) -> None:
    drawn = crc32(repr((case.path_parameters, case.query, case.body)).encode())  # as good as a dice, and repeatable
    if drawn % 2 and case.meta and case.meta.generation.mode.is_positive:
        aim(case)

    # a form has nothing but texts and files: what is wrong as it was drawn may be right as it is sent
    excused: list[Any] = [negative_data_rejection] if case.media_type == "multipart/form-data" else []
    with undone():
        case.call_and_validate(headers=callers[drawn // 2 % len(callers)], excluded_checks=excused)


def aim(case: Case) -> None:
    """Let the request name rows that are there: those that the example names."""
    example = examples().get(case.operation.definition.raw["operationId"])
    if example is None:
        return  # which is for the test of the examples to say
    asked = example["request"]
    case.path_parameters = {**case.path_parameters, **in_address(case.path, asked["path"])}
    if isinstance(case.body, dict):
        numbers = {name: value for name, value in asked.get("body", {}).items() if type(value) is int}
        case.body = {name: numbers.get(name, value) for name, value in case.body.items()}
