"""A small client of Casetrack: lists page by page, opens a case once however often the network fails, takes a step.

CASETRACK_API=https://casetrack.example/api/v1 CASETRACK_TOKEN=ct_… python client.py 机构编号
"""

import os
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any

import requests

ATTEMPTS = 5
AGAIN = {429, 502, 503, 504}  # the service, or the way to it, is busy or away for a moment


class Refused(Exception):
    """The service understood, and says what stands in the way."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem  # code, errors (by field) and allowed (steps) are for programs


class Casetrack:
    """One office's access, with its token."""

    def __init__(self, api: str, token: str) -> None:
        self.api = api.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, address: str, **more: Any) -> requests.Response:
        """One request, sent again while there is hope. A POST must carry a key, so that it is done once."""
        url = address if address.startswith("http") else f"{self.api}/{address}"
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(2**attempt / 4)
            try:
                answer = self.session.request(method, url, timeout=30, **more)
            except (requests.ConnectionError, requests.Timeout):
                continue
            if answer.status_code not in AGAIN:
                break
        else:
            raise TimeoutError(f"{url} does not answer")
        if answer.status_code >= 400:
            raise Refused(answer.json())
        return answer

    def rows(self, address: str, **filters: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page."""
        page = self.ask("GET", address, params=filters).json()
        yield from page["results"]
        while page["next"]:
            page = self.ask("GET", page["next"]).json()
            yield from page["results"]

    def post(self, address: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        """Keep the key with your own record instead, if your program may itself be restarted in between."""
        answer = self.ask("POST", address, json=body, headers={"Idempotency-Key": str(uuid.uuid4()), **headers})
        made: dict[str, Any] = answer.json()
        return made

    def take_step(self, case: int, step: str, on: str, **facts: Any) -> dict[str, Any]:
        """A step, based on the case as it is now: refused if someone else changes it in between."""
        version = self.ask("GET", f"cases/{case}/").headers["ETag"]
        body = {"type": step, "occurred_on": on, "facts": facts}
        return self.post(f"cases/{case}/events/", body, **{"If-Match": version})

    def figures(self, **question: Any) -> list[dict[str, Any]]:
        """The figures of a place and a period."""
        found: list[dict[str, Any]] = self.ask("GET", "statistics/", params=question).json()["figures"]
        return found


def main(organization: int) -> None:
    casetrack = Casetrack(os.environ["CASETRACK_API"], os.environ["CASETRACK_TOKEN"])
    case = casetrack.post(
        "cases/",
        {
            "kind": "mediation",
            "organization": organization,
            "on": "2024-03-01",
            "facts": {"category": "neighbour", "summary": "宅前排水沟走向"},
            "parties": [{"role": "applicant", "name": "张三", "phone": "13812341234"}],
            "steps": [{"type": "accept", "occurred_on": "2024-03-01"}],
        },
    )
    print("登记：", case["number"])
    casetrack.take_step(case["id"], "agree", "2024-03-09", agreement="written", amount=500_000)
    try:
        casetrack.take_step(case["id"], "accept", "2024-03-10")
    except Refused as refused:
        print("不能：", refused, refused.problem["allowed"])
    numbers = [row["number"] for row in casetrack.rows("cases/", organization=organization, page_size=2)]
    print("案件：", len(numbers))
    region = case["region"]
    for figure in casetrack.figures(region=region, **{"from": "2024-03-01", "to": "2024-03-31"}, subject="mediation"):
        if figure["measure"] == "received":
            print("收到：", figure["value"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
