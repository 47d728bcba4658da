"""Workers and schedule outlive a Redis that goes away, and end when asked to."""

import pytest
from redis.exceptions import ConnectionError
from rq.exceptions import StopRequested

from workers.steady import until_asked_to_stop


def test_a_redis_that_does_not_answer_is_asked_again_until_it_does() -> None:
    answers = iter([False, False, True])

    def once() -> bool:
        if not next(answers):
            raise ConnectionError("refused")
        return True

    until_asked_to_stop(once, pause=0.01)

    assert next(answers, None) is None


def test_a_process_that_ended_without_being_asked_begins_again() -> None:
    ends = iter([False, False, True])

    until_asked_to_stop(lambda: next(ends), pause=0.01)

    assert next(ends, None) is None


def test_being_asked_to_stop_while_waiting_for_redis_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise ConnectionError("refused")

    def interrupted(seconds: float) -> None:
        raise StopRequested

    monkeypatch.setattr("workers.steady.time.sleep", interrupted)

    until_asked_to_stop(refuse, pause=60)


def test_any_other_error_is_not_hidden() -> None:
    def break_down() -> bool:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        until_asked_to_stop(break_down, pause=0)
