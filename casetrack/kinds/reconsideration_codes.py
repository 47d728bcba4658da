"""The code lists of reconsideration: what was applied against, how cases end, and the grounds that steps rest on."""

from casetrack.kinds.base import Choice

# the matters of the official form (columns 21-30) and those that offices now write besides
MATTERS = (
    Choice("penalty", "行政处罚", ("处罚",)),
    Choice("compulsion", "行政强制", ("行政强制措施", "行政强制执行")),
    Choice("levy", "行政征收", ("征收", "行政征收或者征用")),
    Choice("permit", "行政许可", ("许可",)),
    Choice("right_determination", "行政确权", ("确权",)),
    Choice("confirmation", "行政确认", ("确认",)),
    Choice("information", "信息公开", ("政府信息公开",)),
    Choice("complaint_handling", "举报投诉处理", ("投诉举报处理",)),
    Choice("inaction", "行政不作为", ("不作为", "不履行法定职责")),
    Choice("agreement", "行政协议"),
    Choice("compensation", "行政赔偿"),
    Choice("work_injury", "工伤认定"),
    Choice("other", "其他", ("其它",)),
)
DECIDED = (
    Choice("upheld", "维持", ("维持原行政行为", "维持原具体行政行为", "决定维持")),
    Choice("revoked", "撤销", ("撤销行政行为", "撤销原行政行为", "撤销并责令重作", "撤销原具体行政行为")),
    Choice("partly_revoked", "部分撤销"),
    Choice("changed", "变更", ("变更行政行为",)),
    Choice("unlawful", "确认违法"),
    Choice("void", "确认无效"),
    Choice("ordered", "责令履行", ("责令履行职责", "限期履行")),
    Choice("request_dismissed", "驳回行政复议请求", ("驳回请求", "驳回复议请求")),
    Choice("application_dismissed", "驳回行政复议申请", ("驳回申请", "驳回", "驳回复议申请")),
    Choice("agreement_liability", "行政协议责任、补偿"),
)
ENDED = (
    Choice("withdrawn", "撤回申请终止", ("撤回申请", "撤回", "申请人撤回", "准予撤回", "终止（撤回）", "撤回终止")),
    Choice("reconciled", "和解终止", ("和解", "和解协议终止", "终止（和解）")),
    Choice("terminated", "其他终止", ("终止", "终止审理", "其他原因终止")),
)
UNACCEPTED = (
    Choice("not_accepted", "不予受理", ("不受理", "决定不予受理")),
    Choice(
        "withdrawn_before_acceptance", "受理前撤回", ("受理前和解撤回", "受理前化解", "立案前撤回", "受理前调解撤回")
    ),
    Choice("redirected", "告知、转送", ("告知", "转送")),
    Choice("abandoned", "视为放弃（未补正）", ("视为放弃", "逾期未补正")),
)
MEDIATED = Choice("mediated", "调解（调解书）", ("调解", "调解结案", "行政复议调解书"))
STILL_OPEN = Choice("open", "审理中", ("正在审理", "未结", "办理中", "正在办理", "审查中", "中止"))

CHANNELS = (
    Choice("in_person", "当面"),
    Choice("post", "邮寄"),
    Choice("online", "互联网渠道"),
    Choice("oral", "口头"),
    Choice("via_organ", "通过处罚机关"),
)
LEVELS = (
    Choice("township", "乡镇政府"),
    Choice("county_department", "县级政府的部门"),
    Choice("county", "县级政府"),
    Choice("city_department", "市（地）级政府的部门"),
    Choice("city", "市（地）级政府"),
    Choice("province_department", "省级政府的部门"),
    Choice("province", "省级政府"),
    Choice("ministry", "国务院部门"),
    Choice("other", "其他"),
)
ORGAN_LEVELS = tuple(level for level in LEVELS if level.code not in ("township", "other"))
# where the court may be asked only after reconsideration (2023, Art. 23)
PRIOR_GROUNDS = (
    Choice("on_the_spot", "当场作出的行政处罚"),
    Choice("natural_resources", "侵犯已经取得的自然资源权利"),
    Choice("inaction", "未履行法定职责"),
    Choice("information", "不予公开政府信息"),
    Choice("other_law", "法律、行政法规规定的其他情形"),
)
PROCEDURES = (Choice("ordinary", "普通程序"), Choice("simplified", "简易程序"))
SIMPLIFIED_GROUNDS = (
    Choice("on_the_spot", "当场作出的行政行为"),
    Choice("warning", "警告或者通报批评"),
    Choice("amount", "涉案金额在法定数额以下"),
    Choice("information", "政府信息公开"),
    Choice("consent", "各方当事人同意"),
)
COPIES = (Choice("due", "待发送"), Choice("sent", "已发送"), Choice("received", "被申请人已收到"))
APPROVERS = (Choice("office_head", "行政复议机构负责人"), Choice("organ_head", "行政复议机关负责人"))
OPINION_METHODS = (
    Choice("in_person", "当面"),
    Choice("online", "互联网"),
    Choice("phone", "电话"),
    Choice("written", "书面（因当事人原因不能听取，或者简易程序）"),
)
HEARING_GROUNDS = (
    Choice("major", "案件重大"),
    Choice("difficult", "案件疑难"),
    Choice("complex", "案件复杂"),
    Choice("needed", "认为有必要"),
    Choice("requested", "申请人请求"),
)
COMMITTEE_GROUNDS = (
    Choice("major", "案情重大、疑难、复杂"),
    Choice("technical", "专业性、技术性较强"),
    Choice("own_act", "省级政府对本机关行政行为的复议"),
    Choice("needed", "认为有必要"),
)
# ground codes, never the numbers of items: those differ between the regulation of 2007 and the law of 2023
SUSPENSIONS = (
    Choice("applicant_died", "申请人死亡，近亲属尚未确定是否参加"),
    Choice("capacity_lost", "申请人丧失行为能力，法定代理人尚未确定"),
    Choice("applicant_missing", "申请人下落不明"),
    Choice("entity_ended", "申请人终止，权利义务承受人尚未确定"),
    Choice("force_majeure", "当事人因不可抗力或者其他正当理由不能参加"),
    Choice("mediation", "进行调解、和解，当事人同意中止"),
    Choice("legal_question", "法律适用问题需要有权机关解释或者确认"),
    Choice("other_case", "需要以其他案件的审理结果为依据"),
    Choice("norm_review", "附带审查规范性文件或者依据"),
    Choice("other", "其他"),
)
SIXTY_DAY_GROUNDS = ("applicant_died", "capacity_lost", "entity_ended")
TERMINATIONS = (
    Choice("withdrawn", "申请人撤回，准予撤回"),
    Choice("reconciled", "达成和解，申请人撤回"),
    Choice("no_heir", "申请人死亡，没有近亲属或者近亲属放弃"),
    Choice("no_successor", "申请人终止，没有承受人或者承受人放弃"),
    Choice("criminal_measures", "限制人身自由的措施因同一行为转为刑事强制措施"),
    Choice("sixty_days", "中止满六十日，中止的原因仍未消除"),
    Choice("other", "其他"),
)
SERVED_TO = (
    Choice("applicant", "申请人"),
    Choice("respondent", "被申请人"),
    Choice("third_party", "第三人"),
)
SERVICES = (
    Choice("direct", "直接送达"),
    Choice("substitute", "他人签收"),
    Choice("left", "留置送达"),
    Choice("electronic", "电子送达"),
    Choice("post", "邮寄送达"),
    Choice("entrusted", "委托、转交送达"),
    Choice("notice", "公告送达"),
)
MEASURES = (
    Choice("order", "责令限期履行"),
    Choice("summon", "约谈"),
    Choice("criticise", "通报批评"),
    Choice("enforce", "强制执行"),
)
OPINIONS = (Choice("opinion", "行政复议意见书"), Choice("suggestion", "行政复议建议书"))

# A decision may hold several items, and the form counts a case once: under the first of these that it holds.
PRECEDENCE = (
    "revoked",
    "partly_revoked",
    "changed",
    "void",
    "unlawful",
    "ordered",
    "agreement_liability",
    "upheld",
    "request_dismissed",
    "application_dismissed",
)


def codes(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.code for choice in choices)


def item(outcome: str) -> str:
    """The field that says whether a decision holds an item of this outcome."""
    return f"item_{outcome}"
