"""One view of the record: what has been answered in it is not asked again, and nothing is kept beyond it."""

import pytest
from django.db import transaction

from casetrack.stats.snapshot import once, one_view


class Question:
    """Answers with how often it has been asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.mark.django_db(transaction=True)
def test_in_one_view_a_question_is_asked_once_and_in_the_next_again() -> None:
    question = Question()

    with one_view():
        first = [once("question", question), once("question", question)]
        with one_view():
            first.append(once("question", question))
    with one_view():
        second = once("question", question)

    assert (first, second) == ([1, 1, 1], 2)


@pytest.mark.django_db
def test_who_may_change_what_they_read_is_answered_anew_each_time() -> None:
    question = Question()

    with transaction.atomic(), one_view():
        inside = [once("question", question), once("question", question)]

    assert [*inside, once("question", question)] == [1, 2, 3]
