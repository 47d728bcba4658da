"""What is recorded of a suit, instance by instance."""

from casetrack.kinds.base import Choice, Field, FieldType
from casetrack.kinds.litigation_codes import (
    ABOUT,
    APPEALED,
    CAPACITIES,
    DIVISIONS,
    DOCUMENTS,
    ENDS,
    EXCUSES,
    INSTANCES,
    MEASURES,
    OUTCOMES,
    PROCEDURES,
    RANKS,
    RECONSIDERATION_OUTCOMES,
    SERVED_TO,
    SIDES,
    SUSPENSIONS,
    WITHDRAWALS,
)
from casetrack.kinds.reconsideration_codes import LEVELS


def chosen(name: str, label: str, choices: tuple[Choice, ...]) -> Field:
    return Field(name, label, FieldType.CHOICE, choices)


def flag(name: str, label: str) -> Field:
    return Field(name, label, FieldType.FLAG)


def day(name: str, label: str) -> Field:
    return Field(name, label, FieldType.DATE)


COURSE = (
    Field("capacity", "本方地位", FieldType.CHOICE, CAPACITIES, dimension=True),
    Field("organ_level", "应诉机关级别", FieldType.CHOICE, LEVELS, dimension=True),
    flag("attached_review", "一并请求审查规范性文件"),
    flag("we_appealed", "由本方上诉、申请再审"),
    flag("remanded", "发回重审的案件"),
    Field("handling_unit", "承办单位"),
    Field("agents", "诉讼代理人", personal=True),
    Field("attending_head", "拟出庭负责人", personal=True),
    day("filed_on", "立案日期"),
    day("appeal_received_on", "法院收到上诉状日期"),
    chosen("appeal_against", "上诉的对象", APPEALED),
    chosen("court_procedure", "审判程序", PROCEDURES),
    Field("extension_months", "延长审限的月数", FieldType.INTEGER, most=60),
    day("excluded_from", "不计入审限期间的首日"),
    day("excluded_until", "不计入审限期间届满的次日"),
    Field("evidence_reason", "延期举证的理由", personal=True),
    flag("jurisdiction_upheld", "管辖异议成立"),
    chosen("suspension_ground", "中止的事由", SUSPENSIONS),
    flag("suspended", "诉讼中止"),
    flag("stayed", "诉讼期间停止执行"),
    Field("stay_reason", "停止执行的理由", personal=True),
)
HEARING = (
    day("hearing_on", "开庭日期"),
    flag("must_call", "法院应当通知负责人出庭的案件"),
    flag("head_called", "法院已通知负责人出庭"),
    chosen("head_rank", "出庭负责人职级", RANKS),
    Field("head_name", "出庭负责人姓名、职务", personal=True),
    chosen("excuse", "负责人不能出庭的事由", EXCUSES),
    flag("excuse_accepted", "法院准许负责人不出庭"),
    flag("staff_present", "行政机关工作人员出庭"),
)
RESULT = (
    chosen("document", "裁判文书", DOCUMENTS),
    chosen("reconsideration_outcome", "对复议决定的裁判结果", RECONSIDERATION_OUTCOMES),
    chosen("withdrawal", "撤诉的情形", WITHDRAWALS),
    chosen("end_ground", "终结的事由", ENDS),
    chosen("served_to", "受送达人", SERVED_TO),
    chosen("appealed_by", "上诉、申请再审的一方", SIDES),
    chosen("measure", "法院的执行措施", MEASURES),
    chosen("suggestion_about", "司法建议的对象", ABOUT),
    day("suggestion_received_on", "收到司法建议之日（与登记日不同的）"),
)
FIELDS = (
    Field("division", "案件性质", FieldType.CHOICE, DIVISIONS, dimension=True),
    Field("instance", "审级", FieldType.CHOICE, INSTANCES, dimension=True),
    Field("court", "审理法院"),
    Field("persons", "原告人数", FieldType.INTEGER, most=100_000),
    Field("claim", "诉讼请求", personal=True),
    Field("head_present", "负责人出庭", FieldType.FLAG),
    Field("heads", "出庭负责人人数", FieldType.INTEGER, most=1_000),
    Field("attendance", "旁听人数", FieldType.INTEGER, most=100_000),
    Field("outcome", "裁判结果", FieldType.CHOICE, OUTCOMES, dimension=True),
    flag("lost", "维持、改判的结果为行政机关败诉"),
    Field("compensation", "赔偿数额", FieldType.MONEY),
    *COURSE,
    *HEARING,
    *RESULT,
)
