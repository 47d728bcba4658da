"""What reconsideration asks of a step beyond the state of the case: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds import reconsideration_clocks as clocks
from casetrack.kinds.lifecycle import View
from casetrack.kinds.reconsideration_codes import DECIDED, ENDED, PRECEDENCE, SIXTY_DAY_GROUNDS, item
from casetrack.law.statutes import duty

LABELS = {choice.code: choice.label for choice in (*DECIDED, *ENDED)}
LAST_WORDS = "（行政复议法第三十条第三款）"


def governed_on(view: View, on: date) -> date:
    """The day whose law governs the case: as decided by a person, else of acceptance, else of the step."""
    chosen = view.values.get("governing_on")
    return date.fromisoformat(chosen) if isinstance(chosen, str) else view.first("accepted") or on


def under_the_law_of_2023(view: View, on: date) -> bool:
    return governed_on(view, on) >= clocks.LAW_OF_2023


def simplified(view: View) -> bool:
    """Whether the case is in the simplified procedure before this step."""
    return view.times("accept_simplified") > view.times("convert")


# --- the application


def a_ground_of_priority(view: View, on: date) -> str:
    if view.values.get("prior_compulsory") is True and "prior_ground" not in view.values:
        return "复议前置的案件请填写前置的情形，起诉期限因此不同（行政复议法第二十三条、第三十四条）"
    return ""


def through_the_organ_only_penalties(view: View, on: date) -> str:
    if view.values.get("channel") != "via_organ":
        return ""
    if on < clocks.LAW_OF_2023:
        return "通过处罚机关申请复议自2024年1月1日起才有规定（行政复议法第三十二条），请选择其他收到方式"
    if view.values.get("matter", "penalty") != "penalty":
        return "只有对当场作出或者依据电子监控记录作出的行政处罚，才可以通过处罚机关申请复议（行政复议法第三十二条）"
    return ""


def both_consent(view: View, on: date) -> str:
    return "" if view.values["settlement_consent"] is True else "受理前化解须当事人自愿，未同意的请按期审查"


def not_corrected_before(view: View, on: date) -> str:
    if view.times("notify_correction"):
        return "补正通知应当一次性载明需要补正的事项，本案已通知过补正（行政复议法第三十一条第一款）"
    return ""


def correction_runs(view: View, on: date) -> str:
    last = view.last_day(clocks.CORRECT)
    if last is None:
        return "没有正在计算的补正期限，请先登记申请人收到补正通知的日期"
    return f"补正期限已于{last}届满，不能再延长" if on > last else ""


def correction_over(view: View, on: date) -> str:
    last = view.last_day(clocks.CORRECT)
    if last is None and on >= clocks.LAW_OF_2023:
        return "没有正在计算的补正期限，请先登记申请人收到补正通知的日期"
    return f"补正期限至{last}，尚未届满，不能视为放弃申请" if last and on <= last else ""


def deemed_on_the_last_day(view: View, on: date) -> str:
    last = view.last_day(clocks.REVIEW)
    if last is None:
        return f"没有正在计算的审查期限，不能视为受理{LAST_WORDS}"
    return f"审查期限至{last}，视为受理之日应为{last}{LAST_WORDS}" if on != last else ""


def simplified_exists(view: View, on: date) -> str:
    if not under_the_law_of_2023(view, on):
        return "简易程序自2024年1月1日起才有规定（行政复议法第五十三条），请登记受理（普通程序）"
    return ""


def shorter_by_law(view: View, on: date) -> str:
    within = view.values.get("decide_within")
    usual = duty(clocks.DECIDE).rule_on(governed_on(view, on)).term_on(governed_on(view, on)).length
    if isinstance(within, int) and usual and not 0 < within < usual:
        return f"法律另行规定的审理期限应当少于{usual}日，不是{within}日"
    return ""


def redirected_only_before_2024(view: View, on: date) -> str:
    if view.values.get("outcome") == "redirected" and on >= clocks.LAW_OF_2023:
        return "2024年1月1日起不再单独告知、转送，应在不予受理决定中告知有管辖权的机关（行政复议法第三十条第二款）"
    return ""


def competence_disputed(view: View, on: date) -> str:
    return "" if view.times("negotiate_competence") else "请先登记几个机关同时收到申请、协商受理"


# --- the trial


def simplified_only(view: View, on: date) -> str:
    return "" if simplified(view) else "案件不在简易程序中，无须转为普通程序"


def converted_by_the_office_head(view: View, on: date) -> str:
    if view.values["approver"] != "office_head":
        return "转为普通程序须经行政复议机构负责人批准（行政复议法第五十五条）"
    return ""


def conversion_known(view: View, on: date) -> str:
    return "" if view.times("convert") else "只有由简易程序转为普通程序的案件才扣除转换前的中止期间"


def ordinary_to_extend(view: View, on: date) -> str:
    if simplified(view):
        return "简易程序的三十日不能延长（行政复议法第六十二条第二款），不能按期审结的请转为普通程序"
    return "" if view.values["extension_days"] else "请填写延长的日数，至少为1"


def approver_of_the_version(view: View, on: date) -> str:
    day = governed_on(view, on)
    term = duty(clocks.DECIDE).rule_on(day).term_on(day)
    approver = "行政复议机构负责人" if view.values["approver"] == "office_head" else "行政复议机关负责人"
    if term.extension and term.extension.approver != approver:
        return f"延长审理期限须经{term.extension.approver}批准（{term.article}），不是{approver}"
    return ""


def copy_was_sent(view: View, on: date) -> str:
    return "" if view.times("send_copy") else "请先登记发送申请书副本"


def answer_overdue(view: View, on: date) -> str:
    ends = [day for name in clocks.ANSWERING if (day := view.last_day(name))]
    if not ends:
        return "没有正在计算的答复期限，请先登记被申请人收到副本的日期"
    return f"被申请人的答复期限至{max(ends)}，尚未届满" if on <= max(ends) else ""


def hearing_ahead(view: View, on: date) -> str:
    held = str(view.values["hearing_on"])
    return f"听证日期{held}须在决定听证之日{on}以后" if held <= on.isoformat() else ""


def hearing_planned(view: View, on: date) -> str:
    return "" if view.times("schedule_hearing") > view.times("hold_hearing") else "请先登记决定听证和听证日期"


def hearing_notified(view: View, on: date) -> str:
    if view.times("notify_hearing") <= view.times("hold_hearing"):
        return "请先登记听证通知：时间、地点和事项应当在听证前书面通知当事人（行政复议法第五十一条）"
    return ""


def head_or_staff(view: View, on: date) -> str:
    if view.values.get("head_attended") is False and view.values.get("head_excused") is not True:
        return "被申请人的负责人不能参加听证的，应当说明理由并委托工作人员参加（行政复议法第五十一条）"
    return ""


def supplement_agreed(view: View, on: date) -> str:
    if view.values["supplement_agreed"] is not True:
        return "被申请人补充证据须经行政复议机构同意（行政复议法第四十六条）"
    return ""


def suspension_lawful(view: View, on: date) -> str:
    if view.values["suspension_ground"] != "mediation":
        return ""
    if not under_the_law_of_2023(view, on):
        return "因调解、和解中止自2024年1月1日起才有规定（行政复议法第三十九条），本案适用此前的法律"
    if view.values.get("suspension_agreed") is not True:
        return "因调解、和解中止须当事人同意（行政复议法第三十九条第一款第六项）"
    return ""


def norm_asked(view: View, on: date) -> str:
    return "" if view.times("request_norm_review") else "请先登记附带审查的申请和是否有权处理"


def stays(view: View, on: date) -> str:
    return "" if view.times("stay") > view.times("lift_stay") else "没有正在停止执行的行政行为"


# --- how it ends


def outcome_follows_the_items(view: View, on: date) -> str:
    held = [code for code in PRECEDENCE if view.values.get(item(code)) is True]
    if held and view.values["outcome"] != held[0]:
        counted, given = LABELS[held[0]], LABELS[str(view.values["outcome"])]
        return f"一案多项决定按固定的先后只计一次，本案的结案方式应为“{counted}”，不是“{given}”"
    return ""


def sealed(view: View, on: date) -> str:
    if view.values.get("mediation_sealed") is False:
        return "调解书经各方签字并加盖印章才生效；未签字、反悔的应当及时作出决定（行政复议法第七十三条）"
    return ""


def ground_of_that_end(view: View, on: date) -> str:
    ground, outcome = view.values.get("termination_ground"), view.values["outcome"]
    expected = ground if ground in ("withdrawn", "reconciled") else "terminated"
    if ground and outcome != expected:
        return f"终止的事由与结案方式不符，结案方式应为“{LABELS[str(expected)]}”"
    return ""


def sixty_days_over(view: View, on: date) -> str:
    if view.values.get("termination_ground") != "sixty_days":
        return ""
    if view.values.get("suspension_ground") not in SIXTY_DAY_GROUNDS:
        return "满六十日终止只适用于申请人死亡、丧失行为能力或者终止而中止的案件（行政复议法第四十一条第五项）"
    last = view.last_day(clocks.SUSPENDED)
    if last is None:
        return "案件没有中止，不能以中止满六十日终止"
    return f"中止至{last}满六十日，尚未届满" if on <= last else ""


def not_decided_in_time(view: View, on: date) -> str:
    if view.times("overdue"):
        return "已登记逾期未作出决定"
    last = next((day for name in clocks.DECIDING if (day := view.last_day(name))), None)
    if last is None:
        return "没有正在计算的审理期限（中止期间不计算）"
    return f"复议期限至{last}，起诉期限自该日起算，请登记在{last}" if on != last else ""


# --- afterwards


def remake_ordered(view: View, on: date) -> str:
    return "" if view.values.get("remake") is True else "复议决定没有责令重新作出行政行为"


def opinion_issued(view: View, on: date) -> str:
    return "" if view.times("issue_opinion") else "请先登记制发行政复议意见书"
