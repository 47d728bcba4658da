"""How files and JSON are spoilt, and how many examples a test tries."""

import io
import os
import zipfile
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
BREAKING = (b"\x00", b"\xff\xff\xff\xff", b"PK\x03\x04", b"<!DOCTYPE a>", b"&a;", b"]]>", b"\xef\xbb\xbf", b"9" * 400)


def thorough(examples: int) -> settings:
    """Few examples with the suite, `FUZZ_TIMES` as many for `make fuzz`, which finds other ones each time."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    return settings(
        max_examples=examples * TIMES, deadline=None, suppress_health_check=slow, print_blob=True, database=None
    )


@st.composite
def spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some of them changed, left out, doubled or put in."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 40))
        how = draw(st.sampled_from(("change", "cut", "end", "double", "put")))
        if how == "change":
            content[start : start + length] = draw(st.binary(max_size=length))
        elif how == "cut":
            del content[start : start + length]
        elif how == "end":
            del content[start:]
        elif how == "double":
            content[start:start] = content[start : start + length]
        else:
            content[start:start] = draw(st.sampled_from(BREAKING))
    return bytes(content)


@st.composite
def spoilt_within(draw: st.DrawFn, packed: bytes) -> bytes:
    """An archive whose directory is sound, and one of its parts spoilt: what gets as far as the parsers of XML."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(spoilt(parts[name]))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        for each, content in parts.items():
            file.writestr(each, content)
    return written.getvalue()


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(
        ("2024-02-30", "2024-03-01", "0001-01-01", "9999-12-31", "2024-03-01T09:30", "", " ", "\x00", "=1+1")
    ),
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@st.composite
def changed(draw: st.DrawFn, body: Any) -> Any:
    """A body with something in it, at any depth, put in the place of what should stand there, left out or added."""
    if isinstance(body, dict) and body and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(body)))
        how = draw(st.sampled_from(("within", "without", "beside")))
        if how == "without":
            return {key: value for key, value in body.items() if key != name}
        if how == "beside":
            return {**body, draw(st.text(max_size=8)): draw(JSON)}
        return {**body, name: draw(changed(body[name]))}
    if isinstance(body, list) and body and draw(st.booleans()):
        return [draw(changed(body[0])), *body[1:]]
    return draw(JSON)


def texts(words: Sequence[str]) -> st.SearchStrategy[str]:
    """Words of ours among characters of any kind."""
    pieces = st.sampled_from(words) | st.characters(exclude_categories=())
    return st.lists(pieces, max_size=30).map("".join)
