"""The details of the audit log are told in Chinese: whatever the program records has its label."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.managing.details import LABELS, SUBJECTS_OF_FIELDS, in_words

ROOT = Path(__file__).resolve().parents[2]
CORE = ("api", "casetrack", "reports", "web", "workers")
BY_MODEL = "details_of"  # names the row by its model, and its fields
Function = ast.FunctionDef


class Module:
    """One file: its functions by name, and from where it has the others."""

    def __init__(self, path: Path) -> None:
        self.path, tree = path, ast.parse(path.read_text())
        self.functions = {each.name: each for each in ast.walk(tree) if isinstance(each, Function)}
        self.constants = {
            each.targets[0].id: each.value.value
            for each in tree.body
            if isinstance(each, ast.Assign)
            and isinstance(each.targets[0], ast.Name)
            and isinstance(each.value, ast.Constant)
        }

    def recorded(self) -> Iterator[str]:
        """The names of all details that calls of `record` have, and of what stands in them."""
        for function in self.functions.values():
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record":
                    for keyword in call.keywords:
                        if keyword.arg == "details":
                            yield from self.names_in(keyword.value, function)

    def names_in(self, node: ast.expr, function: Function) -> Iterator[str]:
        """The keys of a mapping that is written out, named, put together or returned by a function of the file."""
        if isinstance(node, ast.Dict):
            yield from (self.written(key) for key in node.keys if key)
        for part in parts_of(node, function, self.functions):
            yield from self.names_in(part, function)

    def written(self, key: ast.expr) -> str:
        if isinstance(key, ast.Constant):
            return str(key.value)
        if isinstance(key, ast.Name) and key.id in self.constants:
            return str(self.constants[key.id])
        return ast.unparse(key)


def parts_of(node: ast.expr, function: Function, functions: dict[str, Function]) -> Iterator[ast.expr]:
    """What else a mapping is made of, and the mappings that stand in it."""
    if isinstance(node, ast.Dict):
        inner = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in inner if not key or not isinstance(value, ast.Name))
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
        found = ast.walk(functions[node.func.id])
        yield from (each.value for each in found if isinstance(each, ast.Return) and each.value)
    elif isinstance(node, ast.Name):
        yield from assigned(node.id, function)


def assigned(name: str, function: Function) -> Iterator[ast.expr]:
    for each in ast.walk(function):
        if isinstance(each, ast.Assign | ast.AugAssign):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                yield each.value


@pytest.fixture(scope="module")
def recorded() -> set[str]:
    files = (path for folder in CORE for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)
    return {name for path in files for name in Module(path).recorded()}


def test_every_detail_that_is_recorded_anywhere_has_a_label(recorded: set[str]) -> None:
    by_model = {"str(row._meta.model_name)"}  # of the registers, which name their row by its model
    assert recorded - by_model - LABELS.keys() == set()
    assert {"paper", "year", "undone_job", "calendar_feed", "cleared", "resealed"} <= recorded, "the walk finds them"
    assert SUBJECTS_OF_FIELDS.keys() <= LABELS.keys()


def test_codes_and_names_within_details_are_told_in_words() -> None:
    exported = {
        "resource": "cases",
        "filters": {"kind": "mediation", "search": "***"},
        "fields": ["number"],
        "rows": 3,
    }
    given = {"user": 7, "after": {"role": "clerk", "organization": None, "kinds": ["petition"], "cleared": True}}

    assert in_words(exported) == [
        "清单：案件",
        "筛选条件：案件种类 人民调解，案号、案由中的字词 ***",
        "项目：案号",
        "行数：3",
    ]
    assert in_words(given) == ["账号编号：7", "改后：角色 经办人，机构编号 —，案件种类 信访，可知悉检举控告 是"]
    assert in_words({"organization": 1, "fields": ["active_to"]}) == ["机构编号：1", "项目：撤销日期"]
    assert in_words({"paper": "acceptance", "of_old": 1})[1] == "of_old：1", "what an earlier release wrote stays"
