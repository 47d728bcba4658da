"""When a case was entered beside when it was received: kept apart, so that late entry can be counted.

A case that is entered late changes figures of months that are over. Cases of a ledger are imported when the office
begins to use this record, long after their receipt: they are counted apart, or every such office would look careless.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from casetrack.kinds.standing import Milestone

if TYPE_CHECKING:  # what figures there are is asked before there are models: by the settings
    from casetrack.cases.models import CaseEvent

ENTERED, IMPORTED = "entered", "imported"
LATEST = 15
"""Days after its receipt by which a case should be entered: as long as a petition office may take to register a matter
(信访工作条例第二十二条), the longest that a statute leaves an office before it must have dealt with a matter."""


def entry_of(events: "Sequence[CaseEvent]", received: Milestone) -> Milestone:
    """The milestone that a case's entry makes: on the day of its first event, however late that is logged."""
    first = min(events, key=lambda event: event.sequence)
    on = localdate(first.recorded_at)
    return Milestone(
        name=IMPORTED if first.batch_id else ENTERED,
        on=on,
        sequence=received.sequence,
        dimensions=received.dimensions,
        persons=1,
        cents=0,
        in_time=(on - received.on).days <= LATEST,
    )
