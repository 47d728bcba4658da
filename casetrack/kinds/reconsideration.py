"""Administrative reconsideration (行政复议), from application to decision."""

from casetrack.kinds.base import Choice, Column, Field, FieldType, Kind, Ledger, LedgerStep, Mark, Start, State, Step

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
FIELDS_OF_MANAGEMENT = (
    Choice("public_security", "公安"),
    Choice("state_security", "国家安全"),
    Choice("human_resources", "人力资源和社会保障", ("劳动和社会保障", "人社", "劳动社保")),
    Choice("justice", "司法行政"),
    Choice("civil_affairs", "民政"),
    Choice("natural_resources", "自然资源", ("土地", "国土资源", "地矿", "不动产登记", "城乡规划", "林业")),
    Choice("environment", "生态环境", ("环保", "环境保护")),
    Choice("agriculture", "农业农村", ("农业",)),
    Choice("water", "水利"),
    Choice("housing", "住房城乡建设", ("住建", "房屋征补（拆迁）", "房屋征补", "城乡建设")),
    Choice("market", "市场监管", ("工商", "质检", "食品安全", "专利", "商标", "物价")),
    Choice("emergency", "应急管理", ("安监",)),
    Choice("transport", "交通运输", ("交通",)),
    Choice("city_management", "城市管理", ("城管",)),
    Choice("tax", "税务"),
    Choice("customs", "海关"),
    Choice("finance", "财政"),
    Choice("audit", "审计"),
    Choice("statistics", "统计"),
    Choice("health", "卫生健康", ("卫生计生", "卫生")),
    Choice("education", "教育"),
    Choice("culture", "文化旅游", ("文化", "旅游", "文化和旅游", "新闻出版广电", "版权")),
    Choice("development", "发展改革", ("发改", "能源")),
    Choice("industry", "工业和信息化", ("信息产业", "科技")),
    Choice("commerce", "商务"),
    Choice("tobacco", "烟草专卖", ("烟草",)),
    Choice("township", "乡镇街道", ("乡镇（办）", "乡镇(办)", "乡镇")),
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
CLOCKS = ("reconsideration.decide", "reconsideration.review")


def codes(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.code for choice in choices)


RECONSIDERATION = Kind(
    code="reconsideration",
    label="行政复议",
    statute="中华人民共和国行政复议法",
    number_word="政复",
    office="reconsideration_office",
    other_offices=("justice_bureau",),
    fields=(
        Field("matter", "行政行为（申请复议事项）", FieldType.CHOICE, MATTERS, dimension=True),
        Field("field", "管理领域", FieldType.CHOICE, FIELDS_OF_MANAGEMENT, dimension=True),
        Field("persons", "申请人数", FieldType.INTEGER, most=100_000),
        Field("claim", "行政复议请求", personal=True),
        Field("outcome", "结案方式", FieldType.CHOICE, (*DECIDED, *ENDED, *UNACCEPTED, MEDIATED), dimension=True),
        Field("compensation", "行政赔偿数额", FieldType.MONEY),
    ),
    states=(
        State("received", "已收到申请"),
        State("accepted", "已受理"),
        State("unaccepted", "未受理", open=False),
        State("decided", "已决定", open=False),
        State("mediated", "调解结案", open=False),
        State("terminated", "已终止", open=False),
    ),
    steps=(
        Step(
            "receive",
            "收到申请",
            (),
            "received",
            "行政复议法第二十二条、第三十条",
            records=("matter", "field", "persons", "claim"),
            marks=(Mark("received", persons="persons"),),
            starts=(Start("reconsideration.review"),),
        ),
        Step(
            "accept",
            "受理",
            ("received",),
            "accepted",
            "行政复议法第三十条",
            marks=(Mark("accepted", persons="persons"),),
            starts=(Start("reconsideration.decide"),),
            ends=("reconsideration.review",),
        ),
        Step(
            "refuse",
            "不予受理、告知或视为放弃",
            ("received",),
            "unaccepted",
            "行政复议法第三十条、第三十一条",
            records=("outcome",),
            needs=("outcome",),
            marks=(Mark("closed"), Mark("not_accepted", when=(("outcome", "not_accepted"),))),
            ends=("reconsideration.review",),
            only=(("outcome", ("not_accepted", "redirected", "abandoned")),),
        ),
        Step(
            "withdraw_before",
            "受理前撤回",
            ("received",),
            "unaccepted",
            "行政复议法第五条",
            marks=(Mark("closed"), Mark("withdrawn_before_acceptance")),
            drops=("reconsideration.review",),
            sets=(("outcome", "withdrawn_before_acceptance"),),
        ),
        Step(
            "decide",
            "作出复议决定",
            ("accepted",),
            "decided",
            "行政复议法第六十一条至第七十二条",
            records=("outcome", "compensation"),
            needs=("outcome",),
            marks=(Mark("closed"), Mark("concluded"), Mark("decided", cents="compensation")),
            ends=CLOCKS,
            only=(("outcome", codes(DECIDED)),),
        ),
        Step(
            "mediate",
            "调解结案",
            ("accepted",),
            "mediated",
            "行政复议法第七十三条",
            marks=(Mark("closed"), Mark("concluded"), Mark("mediated")),
            ends=CLOCKS,
            sets=(("outcome", "mediated"),),
        ),
        Step(
            "terminate",
            "终止",
            ("accepted",),
            "terminated",
            "行政复议法第四十一条、第七十四条",
            records=("outcome",),
            needs=("outcome",),
            marks=(
                Mark("closed"),
                Mark("concluded"),
                Mark("withdrawn", when=(("outcome", "withdrawn"),)),
                Mark("reconciled", when=(("outcome", "reconciled"),)),
            ),
            ends=CLOCKS,
            only=(("outcome", codes(ENDED)),),
        ),
    ),
    roles=(Choice("applicant", "申请人"), Choice("respondent", "被申请人"), Choice("third_party", "第三人")),
    breakdowns=(("matter",), ("field",), ("outcome",), ("matter", "outcome"), ("field", "outcome")),
    ledgers=(
        Ledger(
            title="行政复议案件台账",
            recognised_by=("number", "received_on", "outcome", "respondent.name"),
            columns=(
                Column("number", ("案号", "案件编号", "复议案号", "编号", "文号"), required=True),
                Column(
                    "received_on", ("收到申请日期", "申请日期", "收到日期", "收案日期", "收到申请时间"), required=True
                ),
                Column("applicant.name", ("申请人", "申请人姓名")),
                Column("applicant.phone", ("联系电话", "电话")),
                Column("persons", ("申请人数", "申请人总数", "人数")),
                Column("respondent.name", ("被申请人", "被申请人名称", "被申请机关")),
                Column("matter", ("行政行为", "申请复议事项", "复议事项", "案由")),
                Column("field", ("管理领域", "行政管理类别", "管理类别", "行政管理领域")),
                Column("claim", ("复议请求", "行政复议请求")),
                Column("accepted_on", ("受理日期", "受理时间", "立案日期")),
                Column("closed_on", ("结案日期", "决定日期", "审结日期", "结案时间")),
                Column(
                    "outcome",
                    ("结案方式", "复议结果", "审理结果", "处理结果", "结案情况", "复议决定"),
                    choices=(*DECIDED, *ENDED, *UNACCEPTED, MEDIATED, STILL_OPEN),
                ),
                Column("compensation", ("行政赔偿数额", "赔偿数额")),
            ),
            steps=(
                LedgerStep("receive", ("received_on",)),
                LedgerStep("accept", ("accepted_on",)),
                LedgerStep("refuse", ("closed_on",), ("outcome", ("not_accepted", "redirected", "abandoned"))),
                LedgerStep("withdraw_before", ("closed_on",), ("outcome", ("withdrawn_before_acceptance",))),
                LedgerStep("decide", ("closed_on",), ("outcome", codes(DECIDED))),
                LedgerStep("mediate", ("closed_on",), ("outcome", ("mediated",))),
                LedgerStep("terminate", ("closed_on",), ("outcome", codes(ENDED))),
            ),
        ),
    ),
)
