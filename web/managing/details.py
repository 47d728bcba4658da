"""The details of a line of the audit log in words: what each is called, and what the codes in it stand for.

`tests/web/test_audit_details.py` looks for every detail that is recorded anywhere: one without a label fails there.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import TOKEN_SCOPES
from casetrack.cases.ledgers.summary import WORDS
from casetrack.cases.models import KIND_CHOICES, Attachment, Channel, Erasure, Party
from casetrack.cases.sweep import Light
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Mediator, Membership, Organization, Training
from casetrack.stats.closing.reporting import Act
from casetrack.stats.indicators import SUBJECTS
from reports.exporting.jobs import EXPORTED
from reports.exporting.resources import Resource
from reports.impact import TITLE
from reports.papers.catalogue import PAPER_NAMED

LABELS = {
    "act": "月报",
    "address": "网络地址",
    "address_changed": "更换了接收地址",
    "after": "改后",
    "attachment": "附件编号",
    "batches": "导入批次",
    "before": "改前",
    "calendar_feed": "日历订阅编号",
    "cases": "案件数",
    "change": "变更",
    "counts": "行数",
    "digest": "摘要",
    "dry_run": "只试读",
    "edition": "版次",
    "erasure": "依法删除编号",
    "expires_at": "有效至",
    "fields": "项目",
    "file": "文件",
    "filters": "筛选条件",
    "format": "文件格式",
    "ground": "法定事由",
    "job": "任务编号",
    "key": "密钥名",
    "keys": "所用密钥的短名",
    "kinds": "案件种类",
    "left": "此前在或余下",
    "made_at": "备份时间",
    "measure": "指标",
    "mediator": "调解员编号",
    "membership": "任职编号",
    "migrated": "升级了数据表",
    "missing": "缺少的文件数",
    "month": "月份",
    "number": "文书号",
    "on": "自该日起",
    "organization": "机构编号",
    "paper": "文书",
    "paper_template": "文书模板编号",
    "party": "当事人编号",
    "query_code": "查询码编号",
    "region": "区划代码",
    "reminders": "提醒方式",
    "replaces": "替换的模板",
    "report_template": "报告模板",
    "reportedfigure": "报送数字编号",
    "resealed": "重新加密",
    "resource": "清单",
    "restates": "须重述的月份",
    "rows": "行数",
    "scopes": "令牌用途",
    "service": "服务账号",
    "since": "适用法律的施行日",
    "size": "字节数",
    "sort": "附件类别",
    "state": "状态",
    "step": "环节",
    "token": "令牌编号",
    "tokens": "结束的令牌数",
    "training": "培训编号",
    "undone_job": "撤销的导入任务",
    "until": "有效至",
    "user": "账号编号",
    "version": "版次",
    "year": "年份",
    "zero": "零报告",
    # of what stood before and after
    "cleared": "可知悉检举控告",
    "is_active": "在用",
    "role": "角色",
}
ERASED_PARTS = {
    "parties": "当事人",
    "accounts": "涉及个人的要素",
    "files": "附件",
    "events": "事件",
    "answers": "保存的应答",
    "exports": "导出的文件",
}
SUBJECTS_OF_FIELDS: dict[str, type[Model]] = {
    "mediator": Mediator,
    "membership": Membership,
    "organization": Organization,
    "party": Party,
    "training": Training,
    "user": User,
}
CODES: dict[str, Mapping[str, str]] = {
    "act": dict(Act.choices),
    "change": {
        "activated": "绑定",
        "deactivated": "解除绑定",
        "recovery_codes": "重新生成恢复码",
        "reset": "由管理员重置",
    },
    "format": {"xlsx": "Excel工作簿", "csv": "CSV文本", "jsonl": "JSON（每行一条）"},
    "ground": dict(Erasure.Ground.choices),
    "kind": dict(KIND_CHOICES),
    "kinds": dict(KIND_CHOICES),
    "light": dict(Light.choices),
    "paper": {code: paper.label for code, paper in PAPER_NAMED.items()},
    "reminders": dict(Channel.choices),
    "resource": {**{name: resource.label for name, resource in EXPORTED.items()}, "impact": TITLE},
    "role": dict(Role.choices),
    "scopes": {name: scope.label for name, scope in TOKEN_SCOPES.items()},
    "sort": dict(Attachment.Sort.choices),
    "state": {"begun": "开始", "ended": "完成", **dict(Erasure.State.choices)},
    "step": {"password": "密码", "second_factor": "第二因素", "single_sign_on": "单点登录"},
    "measure": {
        f"{subject.code}.{each.measure}": f"{subject.label}：{each.label}"
        for subject in SUBJECTS.values()
        for each in subject.indicators
    },
}
CLAUSE = re.compile("[，。：；]")
Say = Callable[[str], str]


def in_words(details: Mapping[str, Any]) -> list[str]:
    """Each detail with its label; a name that this release doesn't know stands as it was recorded."""
    return [f"{LABELS.get(name, name)}：{said(name, value, details)}" for name, value in details.items()]


def said(name: str, value: Any, details: Mapping[str, Any]) -> str:
    if isinstance(value, Mapping):
        named = naming_of(name, details)
        return "，".join(f"{named(key)} {said(key, each, details)}" for key, each in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "fields":
        return "、".join(map(naming_of(name, details), value))
    codes = CODES.get(name, {})
    if isinstance(value, list):
        return "、".join(codes.get(each, str(each)) for each in value) or ("全部" if name == "kinds" else "")
    return "—" if value is None else codes.get(value, str(value))


def naming_of(name: str, details: Mapping[str, Any]) -> Say:
    """What the names within a detail are called: columns and filters by their list, fields by the row they are of."""
    if name == "counts":
        return lambda each: WORDS.get(each) or ERASED_PARTS.get(each, each)
    resource = EXPORTED.get(details.get("resource", ""))
    if name == "fields" and resource is None:
        return lambda each: field_label(each, details)
    known = (
        labels_in(resource, name, details) if name in ("fields", "filters") and isinstance(resource, Resource) else {}
    )
    return lambda each: known.get(each) or LABELS.get(each, each)


def labels_in(resource: Resource, name: str, details: Mapping[str, Any]) -> dict[str, str]:
    if name == "filters":
        # a label says how to ask as well; what is asked for stands first
        known = resource.filterset.every_filter()
        return {each: CLAUSE.split(str(filter.label or ""))[0] for each, filter in known.items()}
    return {each: column.label for each, column in resource.columns(details.get("filters", {})).items()}


def field_label(name: str, details: Mapping[str, Any]) -> str:
    model = next((SUBJECTS_OF_FIELDS[each] for each in details if each in SUBJECTS_OF_FIELDS), None)
    known = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields} if model else {}
    return known.get(name.removesuffix("_id"), name)
