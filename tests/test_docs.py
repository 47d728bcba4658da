"""What the documents point to is there, and what they tell one to run exists."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK, CODE = re.compile(r"\]\(([^)\s]+)\)"), re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
USE = re.compile(r"(?:manage\.py|systemd/manage) ([a-z_]+)([^`|&;#\n]*)")
COMMAND, TARGET = re.compile(r"manage\.py ([a-z_]+)"), re.compile(r"^(?:\$ )?make ([a-z]+)", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Of its headings, as a forge makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_whatever_a_page_links_to_is_there(page: Path) -> None:
    wrong = []
    for address in LINK.findall(CODE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            wrong.append(address)

    assert wrong == []


def test_every_command_that_is_told_of_exists() -> None:
    told = {(page.name, name) for page in PAGES for name in COMMAND.findall(page.read_text())}

    assert {each for each in told if each[1] not in get_commands()} == set()


def options_of(parser: ArgumentParser) -> set[str]:
    """Its own, and those of what it may do."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            found |= {option for each in action.choices.values() for option in options_of(each)}
    return found


def test_every_option_of_a_command_that_is_told_of_exists() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for page in PAGES:
        for name, rest in USE.findall(page.read_text()):
            told[name] |= set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest))

    unknown = {}
    for name, options in told.items():
        command = load_command_class(get_commands()[name], name)
        unknown[name] = options - options_of(command.create_parser("manage.py", name))

    assert {name: options for name, options in unknown.items() if options} == {}
    assert len(told) > 25


def test_everything_to_make_that_is_told_of_can_be_made() -> None:
    targets = set(re.findall(r"^([a-z.]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = {(page.name, name) for page in PAGES for name in TARGET.findall(page.read_text())}

    assert {each for each in told if each[1] not in targets} == set()
