"""What the native writer of JSON writes is what the framework's own would."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer

from api.rendering import NativeJsonRenderer

OFFSETS = st.builds(timezone, st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes)))
ZONES: Any = st.none() | st.just(UTC) | OFFSETS
MOMENTS = st.datetimes(min_value=datetime(1000, 1, 1), timezones=ZONES)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.dates() | MOMENTS | DECIMALS
DATA = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(0, 99), inner, max_size=4),
)


@given(data=DATA)
def test_days_moments_and_numbers_are_written_as_the_framework_writes_them(data: Any) -> None:
    def written(renderer: JSONRenderer) -> Any:
        return json.loads(renderer.render(data, "application/json", {}) or b"null")

    assert written(NativeJsonRenderer()) == written(JSONRenderer())


def test_a_moment_in_universal_time_ends_in_z() -> None:
    moment = datetime(2026, 11, 28, 4, 30, tzinfo=UTC)

    assert NativeJsonRenderer().render({"at": moment}) == b'{"at":"2026-11-28T04:30:00Z"}'
