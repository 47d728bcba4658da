"""What the code never does, beyond what ruff's S rules refuse: looked for in every file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetrack.embedded.place import CHECKOUT

PARTS = ("api", "casetrack", "reports", "web", "workers")
SOURCES = sorted(path for part in PARTS for path in (CHECKOUT / part).rglob("*.py"))
TEMPLATES = sorted(path for part in PARTS for path in (CHECKOUT / part).rglob("templates/**/*.html"))
SECRET = re.compile(r"password|secret|passphrase|credential|private_key|plain_token|phone|identity|party_name", re.I)
LOGGED = {"debug", "info", "warning", "error", "exception", "critical", "log"}
FORBIDDEN = ("csrf_exempt", "RawSQL", "xframe_options_exempt", "csp_exempt")
MARKUP = {
    "a script that stands in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I),
    "a style that stands in the page": re.compile(r"\sstyle\s*=\s*[\"']|<style\b", re.I),
    "a handler that stands in the page": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "an address of another site": re.compile(r"(?:src|href|action)=[\"']?(?:https?:)?//", re.I),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b"),
    "a script's address": re.compile(r"javascript:", re.I),
}
WHOLE = {"reports/templates/checking/page.html"}
"""Pages that are files of their own, opened without us: their style has to stand in them."""


def wrong_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name | ast.alias) and getattr(node, "id", getattr(node, "name", "")) in FORBIDDEN:
            yield f"{path.relative_to(CHECKOUT)}: {ast.unparse(node)}"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in ("extra", "raw") and "objects" in ast.unparse(node.func):
            yield f"{path.relative_to(CHECKOUT)}:{node.lineno}: SQL past the ORM: {node.func.attr}"
        if node.func.attr in LOGGED and ast.unparse(node.func.value).endswith("logger"):
            told = [ast.unparse(each) for each in node.args[1:]] + [ast.unparse(each.value) for each in node.keywords]
            if any(SECRET.search(each) for each in told) or isinstance(node.args[0], ast.JoinedStr):
                yield f"{path.relative_to(CHECKOUT)}:{node.lineno}: logged: {ast.unparse(node)}"


def test_no_code_switches_a_guard_off_or_logs_what_is_secret() -> None:
    assert len(SOURCES) > 400
    assert [each for path in SOURCES for each in wrong_in(path)] == []


def test_no_template_holds_a_script_a_style_or_text_unescaped() -> None:
    assert len(TEMPLATES) > 60
    found = [
        f"{name}: {what}"
        for path in TEMPLATES
        for name in [str(path.relative_to(CHECKOUT))]
        for what, pattern in MARKUP.items()
        if pattern.search(path.read_text(encoding="utf-8")) and name not in WHOLE
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.views.decorators.csrf import csrf_exempt",
        "logger.info('%s', user.password)",
        "logger.info(f'{name} came')",
        "Case.objects.extra(where=[asked])",
    ],
)
def test_what_is_looked_for_is_found(tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.security.test_rules.CHECKOUT", tmp_path)
    (tmp_path / "a.py").write_text(code)

    assert list(wrong_in(tmp_path / "a.py"))
