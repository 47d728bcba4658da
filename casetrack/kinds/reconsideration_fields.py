"""What is recorded of a reconsideration."""

from casetrack.kinds.base import Choice, Field, FieldType
from casetrack.kinds.governing import GOVERNING_FIELDS
from casetrack.kinds.reconsideration_codes import (
    APPROVERS,
    CHANNELS,
    COMMITTEE_GROUNDS,
    COPIES,
    DECIDED,
    ENDED,
    HEARING_GROUNDS,
    LEVELS,
    MATTERS,
    MEASURES,
    MEDIATED,
    OPINION_METHODS,
    OPINIONS,
    ORGAN_LEVELS,
    PRECEDENCE,
    PRIOR_GROUNDS,
    PROCEDURES,
    SERVED_TO,
    SERVICES,
    SIMPLIFIED_GROUNDS,
    SUSPENSIONS,
    TERMINATIONS,
    UNACCEPTED,
    item,
)
from casetrack.kinds.reconsideration_management import FIELDS_OF_MANAGEMENT

LABELS = {choice.code: choice.label for choice in DECIDED}


def chosen(name: str, label: str, choices: tuple[Choice, ...]) -> Field:
    return Field(name, label, FieldType.CHOICE, choices)


def flag(name: str, label: str) -> Field:
    return Field(name, label, FieldType.FLAG)


def day(name: str, label: str) -> Field:
    return Field(name, label, FieldType.DATE)


def days(name: str, label: str) -> Field:
    return Field(name, label, FieldType.INTEGER, most=3_650)


APPLICATION = (
    chosen("channel", "收到方式", CHANNELS),
    Field("respondent_level", "被申请人级别", FieldType.CHOICE, LEVELS, dimension=True),
    Field("organ_level", "复议机关级别", FieldType.CHOICE, ORGAN_LEVELS, dimension=True),
    Field("several_matters", "申请复议事项为两个以上", FieldType.FLAG, dimension=True),
    Field("several_respondents", "被申请人为两个以上", FieldType.FLAG, dimension=True),
    flag("prior_compulsory", "复议前置"),
    chosen("prior_ground", "复议前置的情形", PRIOR_GROUNDS),
    flag("attached_review", "一并申请审查规范性文件"),
    flag("compensation_claim", "一并申请行政赔偿"),
    flag("real_property", "因不动产提出"),
    day("organ_received_on", "处罚机关收到申请之日"),
    day("known_on", "知道行政行为之日"),
    day("act_on", "行政行为作出之日"),
    day("rights_known_on", "知道申请权利、机关和期限之日（未被告知的）"),
    day("content_known_on", "知道行政行为内容之日（未被告知权利的）"),
)
INTAKE = (
    flag("settlement_consent", "当事人同意受理前化解"),
    flag("settled_before", "受理前调解、和解成功"),
    Field("correction_items", "需要补正的内容", personal=True),
    days("correction_extension", "延长补正的工作日数"),
    day("corrected_on", "收到补正材料之日（与登记日不同的）"),
    Field("refusal_ground", "不予受理的理由", personal=True),
    Field("competent_organ", "告知的有权机关"),
)
TRIAL = (
    chosen("procedure", "审理程序", PROCEDURES),
    chosen("simplified_ground", "适用简易程序的情形", SIMPLIFIED_GROUNDS),
    flag("deemed", "视为受理"),
    days("decide_within", "法律规定的更短审理日数"),
    chosen("copy", "申请书副本", COPIES),
    flag("answer_missed", "逾期未答复"),
    chosen("opinion_method", "听取意见的方式", OPINION_METHODS),
    day("hearing_on", "听证日期"),
    chosen("hearing_ground", "听证的原因", HEARING_GROUNDS),
    flag("head_attended", "被申请人的负责人参加听证"),
    flag("head_excused", "负责人说明理由并委托工作人员参加听证"),
    flag("applicant_absent", "申请人无正当理由未参加听证"),
    Field("evidence", "证据", personal=True),
    flag("supplement_agreed", "行政复议机构同意补充证据"),
    chosen("committee_ground", "提请咨询委员会的原因", COMMITTEE_GROUNDS),
    Field("committee_advice", "委员会咨询意见", personal=True),
    days("extension_days", "延长日数"),
    chosen("approver", "批准人", APPROVERS),
    flag("parties_notified", "已书面告知当事人"),
    chosen("suspension_ground", "中止的事由", SUSPENSIONS),
    flag("suspension_agreed", "当事人同意中止"),
    day("excluded_from", "扣除期间的首日"),
    day("excluded_until", "扣除期间届满的次日"),
    flag("norm_competent", "有权处理该规范性文件"),
    day("norm_received_on", "接受转送的机关收到之日（与登记日不同的）"),
    Field("stay_reason", "停止执行的理由", personal=True),
    flag("stayed", "停止执行"),
    *GOVERNING_FIELDS,
)
DECISION = (
    *(flag(item(code), f"决定项目：{LABELS[code]}") for code in PRECEDENCE),
    flag("remake", "责令重新作出行政行为"),
    days("remake_days", "法律、法规、规章规定的重作日数"),
    day("perform_by", "限期履行的最后一日"),
    flag("compensation_refused", "驳回赔偿请求"),
    Field("dismissal_ground", "驳回申请的理由", personal=True),
    flag("mediation_sealed", "调解书已签字、盖章"),
    chosen("termination_ground", "终止的事由", TERMINATIONS),
    flag("respondent_changed", "被申请人改变行政行为后撤回、和解"),
)
AFTERWARDS = (
    chosen("served_to", "受送达人", SERVED_TO),
    chosen("service_method", "送达方式", SERVICES),
    chosen("measure", "督促履行的措施", MEASURES),
    chosen("opinion_kind", "文书", OPINIONS),
    Field("opinion_to", "意见书的对象"),
    day("opinion_received_on", "收到意见书之日（与登记日不同的）"),
)
FIELDS = (
    Field("matter", "行政行为（申请复议事项）", FieldType.CHOICE, MATTERS, dimension=True),
    Field("field", "管理领域", FieldType.CHOICE, FIELDS_OF_MANAGEMENT, dimension=True),
    Field("persons", "申请人数", FieldType.INTEGER, most=100_000),
    Field("claim", "行政复议请求", personal=True),
    Field("outcome", "结案方式", FieldType.CHOICE, (*DECIDED, *ENDED, *UNACCEPTED, MEDIATED), dimension=True),
    Field("compensation", "行政赔偿数额", FieldType.MONEY),
    *APPLICATION,
    *INTAKE,
    *TRIAL,
    *DECISION,
    *AFTERWARDS,
)
