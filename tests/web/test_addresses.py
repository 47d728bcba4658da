"""The addresses of pages beside those of the API."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

from api import urls as of_programs
from web import urls as of_people


def names(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLPattern):
            if each.name:
                yield each.name
        elif not each.namespace:
            yield from names(each.url_patterns)


def test_no_address_of_a_page_is_called_as_one_of_the_api() -> None:
    pages, programs = set(names(of_people.urlpatterns)), set(names(of_programs.urlpatterns))

    assert "export-file" in programs
    assert pages & programs == set(), "the one would be found where the other is meant"
