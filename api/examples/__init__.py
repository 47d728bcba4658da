"""An example of every operation: what to send, written by hand, and the service's own answer to it, recorded.

The people and matters are invented. One file a resource; tests/api/examples holds the files against the service and
records the answers. Long lists are cut after two rows.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """By the id of the operation."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(Path(__file__).parent.glob("*.json")):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def with_examples(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The contract with its examples; what drf-spectacular calls when the rest is there."""
    for address, operations in result["paths"].items():
        for operation in operations.values():
            if example := examples().get(operation["operationId"]):
                add_example(address, operation, example)
    return result


def add_example(address: str, operation: dict[str, Any], example: Mapping[str, Any]) -> None:
    asked = example["request"]
    given = {**in_address(address, asked["path"]), **asked.get("query", {}), **asked.get("headers", {})}
    for parameter in operation.get("parameters", []):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    if "body" in asked:
        contents = operation["requestBody"]["content"]
        whole = contents.get("application/json") or next(iter(contents.values()))  # a form besides has another body
        whole["example"] = asked["body"]
    answer = operation["responses"][str(example["status"])]
    if "response" in example:
        answer["content"]["application/json"]["example"] = example["response"]


def in_address(address: str, path: str) -> dict[str, str]:
    """What stands in a path where the address has names: /cases/{id}/ and /cases/3/ give {"id": "3"}."""
    found = re.fullmatch(PLACEHOLDER.sub(r"(?P<\1>[^/]+)", address), path)
    return found.groupdict() if found else {}
