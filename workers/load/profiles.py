"""Who works with the service, and how often: what the load is derived from. Assumptions, each with its reason."""

from dataclasses import dataclass
from enum import StrEnum

BUSIEST_HOUR = 0.2
"""Share of a day's requests in its busiest hour: eight even hours would have an eighth each, mornings have more."""


class Role(StrEnum):
    """What somebody does all day."""

    MEDIATOR = "mediator"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"


A_DAY = {
    # a committee has some twenty disputes a year, each about 25 requests, and looks in once a week
    Role.MEDIATOR: 5,
    # petitions and disputes of a county all day: some thirty cases looked at, five requests each
    Role.CLERK: 150,
    # lists, deadlines and figures in the morning and before meetings
    Role.SUPERVISOR: 60,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A place by its size. `shown` accounts take turns in the place of all its people."""

    name: str
    region: str
    cases: int
    people: dict[Role, int]
    shown: int

    @property
    def a_day(self) -> int:
        return sum(A_DAY[role] * number for role, number in self.people.items())

    @property
    def a_second(self) -> float:
        """In the busiest hour."""
        return self.a_day * BUSIEST_HOUR / 3600


COUNTY = Profile(
    "county",
    "620522000000",
    20_000,
    # a committee in each village and town, one account each; the offices of the county; who looks after them
    {Role.MEDIATOR: 240, Role.CLERK: 25, Role.SUPERVISOR: 10},
    24,
)
COUNTIES, PREFECTURES = 86, 14  # of Gansu
PROVINCE = Profile(
    "province",
    "620000000000",
    1_000_000,
    {
        Role.MEDIATOR: COUNTIES * COUNTY.people[Role.MEDIATOR],
        Role.CLERK: COUNTIES * COUNTY.people[Role.CLERK],
        Role.SUPERVISOR: COUNTIES * COUNTY.people[Role.SUPERVISOR] + PREFECTURES * 30,
    },
    48,
)
PROFILES = {profile.name: profile for profile in (COUNTY, PROVINCE)}
