"""An archive is checked without the database; nothing in it can be changed unnoticed, and it is always the same."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from casetrack.cases.models import Case
from casetrack.cases.signing import NotSigned, public_key
from casetrack.lib.env import new_key
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing.archive import export
from casetrack.stats.closing.checking import NotAnArchive, check
from casetrack.stats.closing.models import Edition
from tests.stats.test_known import hand_over
from tests.stats.test_restating import closed
from tests.stats.world import NOW, day, log


@pytest.fixture
def edition(dispute: Case, petition_office: Organization) -> Edition:
    """With an accusation among its cases."""
    log("petition", petition_office, ("register", day("2024-03-05"), {"channel": "letter", "purpose": "accusation"}))
    rollup.settle()
    found: Edition = closed()
    return found


def changed(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return packed.getvalue()


def test_an_archive_bears_itself_out(edition: Edition, django_assert_num_queries: Any) -> None:
    archive = export(edition)

    with django_assert_num_queries(0):
        assert check(archive, public_key()) == []


def test_the_same_edition_gives_the_same_bytes_whatever_came_later(
    edition: Edition,
    dispute: Case,
    gangu_committee: Organization,
) -> None:
    before = export(edition)

    hand_over(dispute, gangu_committee, now=NOW + timedelta(days=1))
    log("mediation", gangu_committee, ("register", day("2024-03-28"), {"category": "labour"}))

    assert export(edition) == before


@pytest.mark.parametrize(
    "name", ["edition.json", "figures.jsonl", "definitions.json", "cases.jsonl", "heads.jsonl", "manifest.json"]
)
def test_a_part_that_was_changed_is_found(edition: Edition, name: str) -> None:
    archive = changed(export(edition), name, lambda part: part.replace(b"1", b"2", 1))

    assert check(archive, public_key()) != []


def test_a_forger_with_a_key_of_his_own_is_found_by_those_who_have_ours(edition: Edition, settings: Any) -> None:
    trusted = public_key()
    settings.SIGNING_KEY = new_key()

    forged = export(edition)

    assert check(forged) == []
    assert any("不是由所信任的一方签署" in each for each in check(forged, trusted))


def test_a_figure_that_its_cases_do_not_bear_out_is_named(edition: Edition) -> None:
    def one_more(part: bytes) -> bytes:
        return part.replace(b'"m":"received","n":1', b'"m":"received","n":2')

    found = check(changed(export(edition), "figures.jsonl", one_more), public_key())

    assert any("mediation.received" in each and "与其案件不符" in each for each in found)


def test_it_holds_numbers_of_cases_and_nothing_of_persons(edition: Edition, dispute: Case) -> None:
    with zipfile.ZipFile(io.BytesIO(export(edition))) as packed:
        cases = [json.loads(line) for line in packed.read("cases.jsonl").decode().splitlines()]

    assert dispute.number in {each["number"] for each in cases}
    assert {name for each in cases for name in each} == {"case", "number", "restricted", "places", "adds"}


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_archive_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotAnArchive):
        check(wrong)


def test_without_a_key_nothing_is_signed(edition: Edition, settings: Any) -> None:
    settings.SIGNING_KEY = ""

    with pytest.raises(NotSigned, match="CASETRACK_SIGNING_KEY"):
        export(edition)


def test_the_commands_write_and_check_an_archive(edition: Edition, tmp_path: Path) -> None:
    file, key, said = tmp_path / "edition.zip", tmp_path / "key.txt", StringIO()
    call_command("export_edition", "--public-key", stdout=said)
    key.write_text(said.getvalue())

    call_command("export_edition", str(edition.pk), "-o", str(file), stdout=StringIO())
    call_command("check_archive", str(file), "--key", str(key), stdout=said)

    assert said.getvalue().endswith("没有不符\n")
    file.write_bytes(changed(file.read_bytes(), "cases.jsonl", lambda part: part[:-3]))
    with pytest.raises(CommandError, match="处不符"):
        call_command("check_archive", str(file), "--key", str(key), stdout=StringIO())


def test_an_archive_that_cannot_be_made_or_put_there_is_told(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="没有编号为999999的版次"):
        call_command("export_edition", "999999", "-o", str(tmp_path / "edition.zip"))
    with pytest.raises(CommandError, match="无法写入|不能写"):
        call_command("export_edition", str(edition.pk), "-o", str(tmp_path / "file" / "edition.zip"))
    with pytest.raises(CommandError, match="请填写版次的编号"):
        call_command("export_edition", str(edition.pk))


def test_an_auditor_needs_no_servers_and_is_told_what_cannot_be_read(tmp_path: Path) -> None:
    data, missing = tmp_path / "data", tmp_path / "none.zip"

    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check_archive", missing],
        env={**os.environ, "CASETRACK_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"CommandError: 无法读取{missing}")
    assert not (data / "servers.lock").exists()
