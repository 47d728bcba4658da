"""The audit log as rows: who did what, when, where and why, and never what was read."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from casetrack.accounts.models import Action, AuditEntry
from reports.exporting.columns import Column, Form, Rows, fetched

OF_AUDIT = (
    Column("id", "编号", Form.NUMBER),
    Column("at", "时间（北京时间）"),
    Column("actor", "操作人编号", Form.NUMBER),
    Column("username", "用户名"),
    Column("name", "操作人"),
    Column("action", "操作代码"),
    Column("action_label", "操作"),
    Column("region", "区划代码"),
    Column("organization", "机构编号", Form.NUMBER),
    Column("kind", "案件种类"),
    Column("case", "案件编号", Form.NUMBER),
    Column("restricted", "限制知悉"),
    Column("purpose", "目的"),
    Column("details", "详情"),
)
OWN = ("id", "at", "actor_id", "action", "region_code", "organization_id", "kind", "case_id", "restricted", "purpose")
LABELS = dict(Action.choices)


def audit_rows(entries: QuerySet[AuditEntry], names: Collection[str], today: date) -> Rows:
    for chunk in fetched(entries, *OWN, "details", "actor__username", "actor__display_name"):
        yield from map(written, chunk)


def written(entry: dict[str, Any]) -> dict[str, str | int | date | None]:
    """An entry with whole words; its details as JSON, as the record has them."""
    return {
        "id": entry["id"],
        "at": localtime(entry["at"]).strftime("%Y-%m-%d %H:%M:%S.%f"),
        "actor": entry["actor_id"],
        "username": entry["actor__username"],
        "name": entry["actor__display_name"],
        "action": entry["action"],
        "action_label": LABELS.get(entry["action"], entry["action"]),
        "region": entry["region_code"],
        "organization": entry["organization_id"],
        "kind": entry["kind"],
        "case": entry["case_id"],
        "restricted": "是" if entry["restricted"] else "",
        "purpose": entry["purpose"],
        "details": json.dumps(entry["details"], ensure_ascii=False, sort_keys=True),
    }
