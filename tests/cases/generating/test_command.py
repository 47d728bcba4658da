"""`manage.py generate_cases` and what it refuses."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from casetrack.cases.models import Case

GOOD = {"cases": "5", "region": "620522", "from": "2024-01-01", "to": "2024-03-31", "seed": "3"}


def run(**changes: str) -> None:
    arguments = [f"--{name}={value}" for name, value in {**GOOD, **changes}.items()]
    call_command("generate_cases", *arguments)


def test_cases_are_received_within_the_period(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    run()

    assert "已生成5件案件" in capsys.readouterr().out
    assert Case.objects.received_between(date(2024, 1, 1), date(2024, 3, 31)).count() == 5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cases": "0"}, "件数应在1至20000000之间，不能是0"),
        ({"cases": "-1"}, "不能是-1"),
        ({"cases": "很多"}, "“很多”不是整数"),
        ({"cases": "99999999999999999999"}, "件数应在1至20000000之间"),
        ({"region": "6205221"}, "应为2、4、6、9或12位数字"),
        ({"region": "622522100201"}, "是乡级或村级区划"),
        ({"region": "甘肃"}, "应为12位数字"),
        ({"from": "2024-13-01"}, "“2024-13-01”不是日期"),
        ({"from": "2024-04-01"}, "起始日期2024-04-01晚于截止日期2024-03-31"),
        ({"from": "1999-01-01"}, "起始日期1999-01-01早于2006-01-01"),
        ({"to": "2999-01-01"}, "截止日期2999-01-01晚于今天"),
        ({"seed": "七"}, "“七”不是整数"),
    ],
)
def test_what_can_not_be_made_is_refused_in_a_sentence(db: None, changes: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(**changes)

    assert not Case.objects.exists()
