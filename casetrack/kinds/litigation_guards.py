"""What a suit asks of a step beyond the state of the case: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds import litigation_clocks as clocks
from casetrack.kinds.lifecycle import View
from casetrack.kinds.litigation_codes import IMPOSSIBLE, INSTANCES, NINETY_DAY_GROUNDS, OUTCOMES, UNTOLD

LABELS = {choice.code: choice.label for choice in (*INSTANCES, *OUTCOMES)}


def suspended(view: View) -> bool:
    """Whether the suit stands still before this step."""
    return view.times("suspend") > view.times("resume")


def simplified(view: View) -> bool:
    return view.values.get("court_procedure") == "simplified"


def simplified_only_at_first(view: View, on: date) -> str:
    """Never on remand or retrial (Art. 82)."""
    if simplified(view) and (view.values.get("instance", "first") != "first" or view.values.get("remanded") is True):
        return "简易程序只适用于第一审案件，发回重审、再审的案件不适用（行政诉讼法第八十二条）"
    return ""


def appeal_dated(view: View, on: date) -> str:
    if view.values.get("division") != "administrative" or view.values.get("instance") != "second":
        return ""
    if "appeal_received_on" not in view.values:
        return "第二审的审限自法院收到上诉状之日起算，请填写收到上诉状的日期（行政诉讼法第八十八条）"
    return ""


def simplified_to_convert(view: View, on: date) -> str:
    if not view.times("file") or view.times("convert") or not view.last_day(clocks.SIMPLE):
        return "案件不在简易程序中，无须转为普通程序"
    return ""


def extendable(view: View, on: date) -> str:
    if view.last_day(clocks.SIMPLE):
        return "简易程序的审限不能延长，不能审结的应当转为普通程序（行政诉讼法第八十四条）"
    if not any(view.last_day(name) for name in clocks.EXTENDABLE):
        return "没有正在计算的、可以延长的审限，请先登记法院立案"
    return "" if view.values["extension_months"] else "请填写延长的月数，至少为1"


def administrative_only(view: View, on: date) -> str:
    if view.values.get("division") != "administrative":
        return "行政诉讼法解释第五十条的扣除只适用于行政案件"
    return ""


def was_converted(view: View, on: date) -> str:
    return "" if view.times("convert") else "只有由简易程序转为普通程序的案件才扣除转换前的中止期间"


def evidence_in_time(view: View, on: date) -> str:
    last = view.last_day(clocks.ANSWER)
    if last is None:
        return "没有正在计算的举证期限，不能申请延期提供证据"
    return f"延期提供证据须在收到起诉状副本之日起十五日内（{last}以前）书面提出" if on > last else ""


def evidence_granted(view: View, on: date) -> str:
    return "" if view.times("grant_evidence_time") else "请先登记法院准许延期提供证据"


def evidence_asked(view: View, on: date) -> str:
    return "" if view.times("ask_evidence_time") else "请先登记申请延期提供证据"


def objection_in_time(view: View, on: date) -> str:
    last = view.last_day(clocks.JURISDICTION)
    return f"管辖异议应当在{last}以前提出（收到起诉状副本之日起十五日内）" if last and on > last else ""


def objection_made(view: View, on: date) -> str:
    return "" if view.times("object_jurisdiction") else "请先登记提出管辖异议"


def running(view: View, on: date) -> str:
    return "诉讼已经中止，恢复以后才能进行" if suspended(view) else ""


def standing_still(view: View, on: date) -> str:
    return "" if suspended(view) else "诉讼没有中止，无须恢复"


def stays(view: View, on: date) -> str:
    return "" if view.times("stay") > view.times("lift_stay") else "没有正在停止执行的行政行为"


def hearing_ahead(view: View, on: date) -> str:
    held = str(view.values["hearing_on"])
    return f"开庭日期{held}早于收到通知之日{on}，请核对" if held < on.isoformat() else ""


def head_of_an_administrative_suit(view: View, on: date) -> str:
    if view.values.get("division") != "administrative":
        return "民事案件没有负责人出庭应诉的义务"
    return ""


def excused_when_absent(view: View, on: date) -> str:
    if view.values.get("head_present") is True and {"excuse", "excuse_accepted"} & view.values.keys():
        return "负责人已经出庭，不填写不能出庭的事由"
    return ""


def outcome_of_the_instance(view: View, on: date) -> str:
    instance, outcome = str(view.values.get("instance", "")), str(view.values["outcome"])
    if outcome in IMPOSSIBLE.get(instance, ()):
        return f"{LABELS[instance]}案件的裁判结果不能是“{LABELS[outcome]}”，请核对审级"
    return ""


def lost_where_the_outcome_does_not_say(view: View, on: date) -> str:
    if "lost" in view.values and view.values.get("outcome") not in UNTOLD:
        return "裁判结果已说明胜败；只有驳回上诉维持原判、改判、再审维持原裁判的，才填写维持、改判的结果是否败诉"
    return ""


def withdrawal_of_a_withdrawn_suit(view: View, on: date) -> str:
    if "withdrawal" in view.values and view.values["outcome"] != "withdrawn":
        return "裁判结果不是原告撤诉，不填写撤诉的情形"
    return ""


def two_defendants(view: View, on: date) -> str:
    if "reconsideration_outcome" in view.values and view.values.get("capacity") not in ("joint", "reconsideration"):
        return "只有复议机关作被告的案件才有对复议决定的裁判结果（行政诉讼法第七十九条）"
    return ""


def ninety_days_over(view: View, on: date) -> str:
    if view.values.get("end_ground") != "ninety_days":
        return ""
    if view.values.get("suspension_ground") not in NINETY_DAY_GROUNDS:
        return "满九十日终结只适用于原告死亡、丧失诉讼行为能力或者一方终止而中止的案件"
    last = view.last_day(clocks.SUSPENDED)
    if last is None:
        return "诉讼没有中止，不能以中止满九十日终结"
    return f"中止至{last}满九十日，尚未届满" if on <= last else ""


def appeal_over(view: View, on: date) -> str:
    ends = [day for name in clocks.APPEALING if (day := view.last_day(name))]
    return f"上诉期限至{max(ends)}，裁判尚未生效" if ends and on <= max(ends) else ""


def suggestion_received(view: View, on: date) -> str:
    if view.times("judicial_suggestion") <= view.times("reply_suggestion"):
        return "没有尚未回复的司法建议"
    return ""


def procurators_suggested(view: View, on: date) -> str:
    if view.times("procuratorial_suggestion") <= view.times("reply_procurators"):
        return "没有尚未回复的检察建议"
    return ""
