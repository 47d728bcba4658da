"""What stands in the way of a figure, in words for the person who asked."""

from casetrack.kinds.refusals import Refused


class StatisticsRefused(Refused):
    """The question can't be answered as it was asked: an unknown place, subject or dimension, or days in disorder."""

    code = "statistics_refused"


class BalanceBroken(Exception):
    """Figures that must add up do not. An error of ours, never of the person who asked; nothing is shown instead."""
