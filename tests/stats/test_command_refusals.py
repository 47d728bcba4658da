"""What the command refuses, it refuses in a sentence."""

import pytest
from django.core.management import CommandError, call_command

ASKED = ["--region", "620522000000", "--from", "2019-01-01", "--to", "2019-12-31"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--region", "999", "前两位不是省级代码"),
        ("--region", "62x", "区划代码"),
        ("--from", "2019-13-01", "“2019-13-01”不是日期，应如2024-03-01"),
        ("--to", "去年", "“去年”不是日期"),
    ],
)
def test_a_place_or_day_that_is_none_is_named(option: str, value: str, said: str) -> None:
    asked = list(ASKED)
    asked[asked.index(option) + 1] = value

    with pytest.raises(CommandError, match=said):
        call_command("statistics", *asked)


@pytest.mark.django_db
@pytest.mark.parametrize("command", [("statistics",), ("trace", "mediation.received")])
def test_what_will_be_known_on_a_day_to_come_is_not_told(command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="2099-01-01晚于今天"):
        call_command(*command, *ASKED, "--known-on", "2099-01-01")
