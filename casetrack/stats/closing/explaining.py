"""Restatements held against the figures that everyone is answered: published and what moved must give what is now."""

from collections.abc import Iterator

from casetrack.kinds import KINDS
from casetrack.organizations.scope import EVERYTHING
from casetrack.stats.closing.gathering import Name
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.present import counted_now, said_now
from casetrack.stats.closing.restated import Restated, Stated, nothing
from casetrack.stats.closing.restating import View, restatement
from casetrack.stats.snapshot import one_view


def unexplained(edition: Edition) -> Iterator[str]:
    """Where the restatement of an edition is not what lies between it and the figures as they are now counted."""
    with one_view():
        told = {each.name: each for each in restatement(edition)}
        view = View.of(edition, EVERYTHING, tuple(edition.days))
        view.read_published()
        now: dict[Name, Stated] = {}
        for subject, days in view.days.items():
            counted = counted_now(view.place, days, subject, EVERYTHING) if subject in KINDS else {}
            now |= counted | said_now(view.place, days, [subject])
    for name in sorted({*view.published, *now}):
        before, after = (each.get(name, nothing(name)) for each in (view.published, now))
        found = told.get(name, Restated(name, before, before))
        if found.now != after and (found.now.value, after.value) != (None, None):
            yield f"{edition}：{name}现为{after}，按重述为{found.now}"
        elif name[0] in KINDS and found.otherwise != (0, 0):
            yield f"{edition}：{name}的变动{found.difference}中，{found.otherwise}没有由来"
