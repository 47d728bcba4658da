"""What mediation asks of a step beyond the state of the case: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds.lifecycle import View
from casetrack.kinds.mediation_clocks import TERMS
from casetrack.kinds.mediation_codes import ENTRUSTED

ANSWERS = ("refuse_confirmation", "withdraw_confirmation", "confirm", "reject_confirmation")


def a_stage_only_of_a_court(view: View, on: date) -> str:
    if "court_stage" in view.values and view.values.get("source") != "court":
        return "只有法院委托移送的纠纷才分立案前委派和立案后委托，请核对案件来源"
    return ""


def with_consent(view: View, on: date) -> str:
    """One party that clearly refuses is enough (Art. 17)."""
    if view.values.get("consent") is False:
        return "一方当事人明确拒绝调解的，不得调解（人民调解法第十七条），请登记不予受理"
    return ""


def no_administrative_dispute(view: View, on: date) -> str:
    if view.values.get("source") == "petition" and view.values.get("administrative") is True:
        return "行政争议不属于信访部门可以移送人民调解的事项（2025年2月10日司法部、国家信访局意见），请登记不予受理"
    return ""


def no_appraisal_yet(view: View, on: date) -> str:
    if view.times("start_appraisal") > view.times("end_appraisal"):
        return "上一次鉴定尚未结束，请先登记鉴定结束"
    return ""


def an_appraisal_to_end(view: View, on: date) -> str:
    if view.times("start_appraisal") <= view.times("end_appraisal"):
        return "没有正在进行的鉴定，请先登记委托鉴定"
    return ""


def agreed_and_in_time(view: View, on: date) -> str:
    if view.values.get("agreed_by_all") is not True:
        return "延长调解期限须各方当事人同意"
    if not view.values.get("extended_by"):
        return "请填写延长的时间，至少为1"
    ends = [day for duty in TERMS if (day := view.last_day(duty))]
    if not ends:
        return "没有正在计算的调解期限可以延长；鉴定期间期限已经停止计算，请先登记鉴定结束"
    if on > min(ends):
        return f"调解期限已于{min(ends)}届满，不能再延长"
    return ""


def in_effect(view: View, on: date) -> str:
    """An oral agreement takes effect on its day (Art. 30), a written one when all have signed and sealed (Art. 29)."""
    effective = view.values.get("effective_on")
    if not isinstance(effective, str):
        return ""
    day, received = date.fromisoformat(effective), view.first("received")
    if view.values.get("agreement") == "oral" and day != on:
        return f"口头协议自达成之日生效（人民调解法第三十条），生效之日应为{on}"
    if day > on:
        return (
            f"书面协议自各方当事人签名盖章、调解员签名并加盖调解委员会印章之日生效（人民调解法第二十九条），"
            f"{on}尚未生效；请先登记“待签协议”，签齐后再登记达成协议"
        )
    if received and day < received:
        return f"协议生效之日{day}早于纠纷登记之日{received}，请核对"
    return ""


def medical_and_over(view: View, on: date) -> str:
    """Only the medical rules take a term that ran out for failure."""
    last = view.last_day("mediation.term.medical")
    if last is None:
        return "只有医疗纠纷的调解期限届满才视为调解不成，本案没有正在计算的该项期限（鉴定期间不计入）"
    return f"调解期限至{last}，尚未届满" if on <= last else ""


def entrusted(view: View, on: date) -> str:
    if view.values.get("source") not in ENTRUSTED:
        return "本案不是委托移送的纠纷，没有需要反馈的单位"
    return ""


def sent_after_filing(view: View, on: date) -> str:
    if view.values.get("court_stage") not in ("after_filing", "after_filing_summary"):
        return "只有法院立案后委托调解的，才由法院制作调解书或者准许撤诉"
    return ""


def past_the_day_agreed(view: View, on: date) -> str:
    """An instalment may be missed before the last of them is due."""
    last = view.values.get("performance_ended_on")
    in_parts = isinstance(parts := view.values.get("instalments"), int) and parts > 1
    if isinstance(last, str) and not in_parts and on <= date.fromisoformat(last):
        return f"约定的履行期间至{last}，尚未届满"
    return ""


def jointly_and_in_time(view: View, on: date) -> str:
    if view.times("confirm"):
        return "人民法院已经确认协议有效，不必再申请"
    if awaits_answer(view):
        return "已经申请司法确认，人民法院尚未答复"
    if view.values.get("joint") is not True:
        return "司法确认须由双方当事人共同申请（人民调解法第三十三条）"
    excused = view.values.get("obstacle") is True
    last = view.last_day("mediation.confirm_apply")
    if view.times("lapse_confirmation") and not excused:
        return "申请司法确认的三十日已过；因不可抗力耽误的，请注明后再登记"
    if last and on > last and not excused:
        return f"申请司法确认的期限至{last}，已经届满；因不可抗力耽误的，请注明后再登记"
    return ""


def an_application_to_answer(view: View, on: date) -> str:
    return "" if awaits_answer(view) else "没有等待人民法院答复的司法确认申请，请先登记共同申请"


def awaits_answer(view: View) -> bool:
    return view.times("apply_confirmation") > sum(view.times(step) for step in ANSWERS)


def window_over(view: View, on: date) -> str:
    last = view.last_day("mediation.confirm_apply")
    if last is None:
        return "没有正在计算的司法确认申请期限"
    return f"申请司法确认的期限至{last}，尚未届满" if on <= last else ""


def confirmed(view: View, on: date) -> str:
    return "" if view.times("confirm") else "协议未经司法确认，不能申请强制执行；就协议发生争议的，可以起诉"


def traffic_dispute(view: View, on: date) -> str:
    if view.last_day("mediation.traffic") is None:
        return "只有道路交通事故纠纷调解不成的，才可以共同申请公安机关交通管理部门调解"
    return ""


def complete_and_once(view: View, on: date) -> str:
    if view.times("archive"):
        return "本案已经归档"
    if view.values.get("papers_complete") is not True:
        return (
            "必备文书不齐全，不能归档：申请书或者受理登记表、权利义务告知书、身份证明、调解记录，"
            "达成协议的还应有协议书或者口头协议登记表"
        )
    return ""
