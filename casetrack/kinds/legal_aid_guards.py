"""What legal aid asks of a step beyond the state of the case: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds.legal_aid_codes import HANDED_ON
from casetrack.kinds.lifecycle import View
from casetrack.law.statutes.legal_aid import FROM_21


def handed_on_at_a_moment(view: View, on: date) -> str:
    if view.values.get("route") in HANDED_ON and on >= FROM_21 and "received_at" not in view.values:
        return "在押人员的申请应当在二十四小时内转交，请填写监管场所、值班律师收到申请的时刻（法律援助法第三十九条）"
    return ""


def hearing_known_before_2022(view: View, on: date) -> str:
    """The old deadlines count back from the hearing."""
    by_court = view.values.get("notified") is True and view.values.get("notifier") == "court"
    if by_court and on < FROM_21 and "hearing_on" not in view.values:
        return "2022年以前指定辩护的期限自开庭之日倒数，请填写开庭日期（法律援助条例第二十条、第二十一条）"
    return ""


def not_supplemented_before(view: View, on: date) -> str:
    if view.times("ask_supplement"):
        return "需要补充的材料应当一次性告知，本案已告知过补充（法律援助法第四十三条）"
    return ""


def verified_before_2022(view: View, on: date) -> str:
    received = view.first("received")
    if received and received >= FROM_21:
        return "2022年起收到的申请，法律没有规定核查期间不计入审查期限"
    return ""


def means_not_lacking(view: View, on: date) -> str:
    if view.values.get("means") == "unqualified":
        return "经核查不符合经济困难标准，应当决定不予法律援助并说明理由（法律援助法第四十三条）"
    return ""


def notified(view: View, on: date) -> str:
    if view.values.get("notified") is not True:
        return "只有办案机关通知辩护、代理的案件才按通知指派，请登记准予援助"
    return ""


def aided_first(view: View, on: date) -> str:
    return "" if view.times("aid_first") else "只有先行提供援助的案件才需要补办手续"


def no_objection_pending(view: View, on: date) -> str:
    return "已有尚未处理的异议" if view.times("object") > view.times("decide_objection") else ""


def objection_pending(view: View, on: date) -> str:
    return "" if view.times("object") > view.times("decide_objection") else "没有尚未处理的异议"
