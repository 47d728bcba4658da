"""Short ways to ask for generated cases in a test, and to read them without their keys."""

from datetime import UTC, date, datetime

from casetrack.cases.generating.planning import Wish
from casetrack.cases.models import Case, CaseEvent

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)


def wish(cases: int = 120, *, seed: int = 7, region: str = "620522000000") -> Wish:
    return Wish(cases, region, date(2023, 7, 1), date(2024, 5, 31), seed, NOW)


def record() -> list[tuple[object, ...]]:
    """What the cases are, whatever keys they were given."""
    events: dict[int, list[tuple[object, ...]]] = {}
    for event in CaseEvent.objects.order_by("case", "sequence"):
        facts = {name: value for name, value in event.facts.items() if name != "organization"}
        events.setdefault(event.case_id, []).append((event.step, event.occurred_on, event.recorded_at, facts))
    return sorted(
        (
            (case.number, case.kind, case.state, case.received_on, case.due_on, case.values, case.private)
            + (tuple((p.role, p.name, p.phone, p.identity, p.address) for p in case.parties.order_by("pk")),)
            + tuple(events[case.pk])
            for case in Case.objects.prefetch_related("parties")
        ),
        key=str,
    )
