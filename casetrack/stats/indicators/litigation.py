"""The indicators of litigation response: hearings, who appeared, and the rates in their named versions."""

from datetime import date

from casetrack.stats.indicators.base import Term
from casetrack.stats.indicators.shorthand import amount, flow, of, persons, rate

SUBJECT = "litigation"
LAW_OF_2014 = date(2015, 5, 1)  # 行政诉讼法第三条第三款: the head of the organ appears
LOST = (
    "act_revoked",
    "partly_revoked",
    "unlawful",
    "void",
    "changed",
    "ordered",
    "payment",
    "compensation",
    "agreement_liability",
)
ADMINISTRATIVE = (("division", ("administrative",)),)
FIRST_INSTANCE = (*ADMINISTRATIVE, ("instance", ("first",)))
LOSING = "判决撤销、部分撤销、确认违法或无效、变更、责令履行、给付或承担赔偿、补偿责任"

HEARINGS = (
    flow(SUBJECT, "concluded", "审结", "统计期内法院作出裁判的应诉案件数。"),
    flow(SUBJECT, "effective", "裁判生效", "统计期内裁判生效的应诉案件数。"),
    flow(SUBJECT, "hearings_attended", "参加庭审", "统计期内开庭审理的次数。", unit="次"),
    persons(
        SUBJECT, "hearing_attendance", "庭审旁听人数", "统计期内各次庭审的旁听人数之和。", name="hearings_attended"
    ),
    flow(
        SUBJECT,
        "head_appearances",
        "负责人出庭次数",
        "统计期内行政机关负责人出庭应诉的次数。",
        unit="次",
        since=LAW_OF_2014,
    ),
    persons(
        SUBJECT,
        "heads_appeared",
        "出庭负责人人数",
        "统计期内各次庭审出庭的行政机关负责人人数之和。",
        name="head_appearances",
        since=LAW_OF_2014,
    ),
)
COUNTED_ONCE = "（一审级计一件）"
OF_HEARINGS = (
    flow(SUBJECT, "heard", "开庭审理", f"统计期内开庭审理的行政案件{COUNTED_ONCE}数。", since=LAW_OF_2014),
    flow(
        SUBJECT,
        "head_owed",
        "负责人应出庭",
        f"统计期内开庭审理而法院没有准许负责人不出庭的行政案件{COUNTED_ONCE}数。",
        since=LAW_OF_2014,
    ),
    flow(
        SUBJECT,
        "head_appeared",
        "负责人已出庭",
        f"统计期内开庭审理并有行政机关负责人出庭的行政案件{COUNTED_ONCE}数。",
        since=LAW_OF_2014,
    ),
    flow(
        SUBJECT,
        "chief_appeared",
        "正职出庭",
        f"统计期内开庭审理并有行政机关正职负责人出庭的行政案件{COUNTED_ONCE}数。",
        since=LAW_OF_2014,
    ),
)
APPEARANCE = (
    rate(
        SUBJECT,
        "head_appearance_rate",
        "负责人出庭应诉率",
        "统计期内开庭的行政案件（一审级计一件）中，有行政机关负责人出庭的所占比例。",
        (of("head_appeared"), of("heard")),
        ("有负责人出庭的案件数", "开庭的案件数"),
        version="负责人出庭应诉率·按开庭审级·1",
        since=LAW_OF_2014,
    ),
    rate(
        SUBJECT,
        "head_appearance_rate_of_called",
        "负责人出庭应诉率（法院通知）",
        "统计期内法院通知负责人出庭而开庭的行政案件（一审级计一件）中，有行政机关负责人出庭的所占比例。",
        (of("head_appeared_called"), of("heard_called")),
        ("经通知而有负责人出庭的案件数", "经通知负责人出庭而开庭的案件数"),
        version="负责人出庭应诉率·按法院通知·1",
        since=LAW_OF_2014,
    ),
    rate(
        SUBJECT,
        "head_appearance_rate_unexcused",
        "负责人出庭应诉率（扣除正当事由）",
        "统计期内开庭的行政案件（一审级计一件，法院准许负责人不出庭的庭审除外）中，有行政机关负责人出庭的所占比例。",
        (of("head_appeared"), of("head_owed")),
        ("有负责人出庭的案件数", "开庭而未经准许不出庭的案件数"),
        version="负责人出庭应诉率·扣除正当事由·1",
        since=LAW_OF_2014,
    ),
    rate(
        SUBJECT,
        "chief_appearance_rate",
        "正职出庭率",
        "统计期内有行政机关负责人出庭的行政案件（一审级计一件）中，有正职出庭的所占比例。",
        (of("chief_appeared"), of("head_appeared")),
        ("有正职出庭的案件数", "有负责人出庭的案件数"),
        version="正职出庭率·按负责人出庭·1",
        since=LAW_OF_2014,
    ),
)
RESULTS = (
    flow(SUBJECT, "judgments_performed", "执行生效裁判", "统计期内执行人民法院生效裁判的案件数。"),
    flow(
        SUBJECT,
        "attached_reviews",
        "规范性文件附带审查",
        "统计期内收到的行政案件中，原告一并请求审查规范性文件的案件数。",
        since=LAW_OF_2014,
    ),
    flow(SUBJECT, "compensated", "判决赔偿", "统计期内审结的案件中，裁判给予赔偿、补偿的案件数。"),
    amount(SUBJECT, "compensation_amount", "赔偿金额", "统计期内审结的案件所判赔偿、补偿数额之和。", name="concluded"),
    flow(SUBJECT, "judicial_suggestions", "司法建议", "统计期内收到人民法院司法建议的件数。"),
    flow(SUBJECT, "procuratorial_suggestions", "检察建议", "统计期内收到人民检察院检察建议的件数。"),
    rate(
        SUBJECT,
        "loss_rate",
        "败诉率",
        f"统计期内一审审结的行政案件中，{LOSING}的所占比例。",
        (
            (Term("concluded", where=(*FIRST_INSTANCE, ("outcome", LOST))),),
            (Term("concluded", where=FIRST_INSTANCE),),
        ),
        ("一审败诉数", "一审审结数"),
        version="败诉率·一审审结·1",
    ),
    rate(
        SUBJECT,
        "loss_rate_of_effective",
        "败诉率（生效裁判）",
        f"统计期内裁判生效的行政案件（不论审级）中，{LOSING}，或者维持、改为此种结果的所占比例。",
        (
            (
                Term("effective", where=(*ADMINISTRATIVE, ("outcome", LOST))),
                Term("effective_lost", where=ADMINISTRATIVE),
            ),
            (Term("effective", where=ADMINISTRATIVE),),
        ),
        ("生效裁判败诉数", "生效裁判数"),
        version="败诉率·生效裁判·1",
    ),
    rate(
        SUBJECT,
        "change_withdrawal_rate",
        "改变后撤诉率",
        "统计期内审结的行政案件中，被告改变行政行为后原告撤诉的所占比例。",
        ((Term("withdrawn_after_change", where=ADMINISTRATIVE),), (Term("concluded", where=ADMINISTRATIVE),)),
        ("改变后撤诉数", "审结数"),
        version="改变后撤诉率·按审结数·1",
    ),
)
LITIGATION = (*HEARINGS, *OF_HEARINGS, *APPEARANCE, *RESULTS)
