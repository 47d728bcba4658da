"""What the same word is counted as elsewhere: offices mean several things by 审结, and by the name of many a rate.

A report that is right by another definition of the word is not wrong; which one it was right by is said.
"""

from collections.abc import Iterator

from casetrack.stats.indicators import SUBJECTS, Indicator

VERSION = "·"  # 调解成功率·按收到数·1: before it stands what all versions of a rate are called
SAME_WORD = (
    ("closure_rate", "flow_closure_rate"),
    ("handled", "received"),  # 办理来信63件 may be what came in
    ("acceptance_on_time_rate", "timely_acceptance_rate"),
    ("timely_acceptance_rate", "acceptance_on_time_rate"),
    ("concluded", "decided", "closed"),  # with or without those that were withdrawn or ended otherwise
    ("closed", "concluded", "decided"),
)


def other_definitions(indicator: Indicator) -> Iterator[Indicator]:
    """The other indicators of the subject that a report may mean by the same word, the nearest first."""
    measures = SUBJECTS[indicator.subject].measures
    for usual, *others in SAME_WORD:
        if indicator.measure == usual:
            yield from (measures[name] for name in others if name in measures)
    name = indicator.version.partition(VERSION)[0]
    if name:
        same = (each for each in measures.values() if each.version.partition(VERSION)[0] == name)
        yield from (each for each in same if each is not indicator)
