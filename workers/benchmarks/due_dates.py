"""Due dates in one batch, against the n-th working day of the `holidays` package for the same days."""

from datetime import date, timedelta

import holidays

from casetrack.law.arithmetic import due_many
from casetrack.law.calendar import calendar_for
from casetrack.law.statutes import rule
from workers.benchmarks.measuring import Result, at_least, pairs

BATCH = 500_000
SHARE = 5_000  # of the batch, for the slower side; its time is scaled up
LEAST_A_SECOND = 500_000
FIRST, DAYS = date(2015, 1, 1), 3650
TIMES = 5


def due_dates_vs_holidays() -> Result:
    """How many times faster, at least 30; and at least 500,000 due dates a second."""
    ten_working_days = rule("FY23-ANSWER-ORD")
    calendar, package = calendar_for(""), holidays.country_holidays("CN")
    starts = [FIRST + timedelta(days=number * 7 % DAYS) for number in range(BATCH)]
    governed_on = date(2024, 6, 1)
    few = starts[:SHARE]
    package.get_nth_working_day(FIRST, DAYS)  # both sides have their years loaded before the clock runs

    ours, theirs, ratio = pairs(
        lambda: due_many(ten_working_days, starts, calendar=calendar, governed_on=governed_on),
        lambda: [package.get_nth_working_day(day, 10) for day in few],
        times=TIMES,
    )
    ratio *= BATCH / SHARE
    a_second = BATCH / ours
    detail = f"{a_second:,.0f} due dates a second in one batch of {BATCH:,}; holidays {SHARE / theirs:,.0f} a second"
    return at_least(ratio, 30, detail, holds=a_second >= LEAST_A_SECOND and agree(few[:500]))


def agree(days: list[date]) -> bool:
    """The two sides answer the same, else the comparison says nothing."""
    package = holidays.country_holidays("CN")
    ours = due_many(rule("FY23-ANSWER-ORD"), days, calendar=calendar_for(""), governed_on=date(2024, 6, 1))
    return ours == [package.get_nth_working_day(day, 10) for day in days]
