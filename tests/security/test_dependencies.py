"""What the audit of dependencies says of the answers it may get: silence is never taken for soundness."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import casetrack
from casetrack.embedded.place import CHECKOUT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dependencies", CHECKOUT / ".ci" / "dependencies.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("answer", [None, [], {}, {"message": "405 Method Not Allowed"}])
def test_a_service_that_does_not_answer_has_audited_nothing(tool: ModuleType, answer: Any) -> None:
    assert tool.of_pip("a.txt", answer) == ([], ["a.txt: the advisory service did not answer"])
    assert tool.of_npm(answer) == ([], ["package-lock.json: the advisory service did not answer"])


def test_packages_that_the_service_does_not_know_are_told_and_weak_ones_found(tool: ModuleType) -> None:
    weak = {"name": "b", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    found, unaudited = tool.of_pip("a.txt", {"dependencies": [{"name": "c", "skip_reason": "not found"}, weak]})

    assert found == ["a.txt: b 1.0: PYSEC-1, mended in ['1.1']"]
    assert unaudited == ["a.txt: 1 of 2 packages are unknown to the service"]


def test_a_finding_fails_and_silence_is_said_aloud(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weak = {"dependencies": [{"name": "b", "version": "1", "vulns": [{"id": "X-1", "fix_versions": []}]}]}
    for answer, status in ((None, 0), (weak, 1)):
        monkeypatch.setattr(tool, "answer_of", lambda command, answer=answer: answer)
        assert tool.main(["audit"]) == status

    told = capsys.readouterr().out
    assert "!! NOT AUDITED: requirements/base.txt: the advisory service did not answer" in told
    assert "FOUND: requirements/base.txt: b 1: X-1, mended in none" in told


def test_a_requirement_without_version_or_hash_is_named(tool: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"good==1.0 \\\n    --hash=sha256:{'0' * 64}\n    # via x\nloose>=1\nbare==2.0\n")

    assert list(tool.pins(file)) == [("good", "1.0", ("0" * 64,)), "loose>=1", "bare==2.0"]


def test_a_licence_that_was_not_agreed_to_is_named(tool: ModuleType) -> None:
    rows = [("a", "1", "MIT"), ("b", "1", "GPL-3.0 OR MIT"), ("c", "1", "MIT AND AGPL-3.0"), ("d", "1", "")]

    assert tool.not_accepted(rows) == ["c 1: MIT AND AGPL-3.0", "d 1: no licence is said"]


def test_the_list_of_parts_names_the_release_and_each_with_its_version_and_digests(tool: ModuleType) -> None:
    listed = tool.sbom()
    parts = {part["name"]: part for part in listed["components"]}

    assert (listed["metadata"]["component"]["name"], listed["metadata"]["component"]["version"]) == (
        "casetrack",
        casetrack.__version__,
    )
    assert parts["django"]["purl"] == f"pkg:pypi/django@{parts['django']['version']}"
    assert parts["django"]["properties"]
    assert "htmx.org" in parts
    assert "axe-core" not in parts
