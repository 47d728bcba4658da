"""What the regulations ask of a step beyond the state of the petition: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds.lifecycle import View
from casetrack.kinds.petition_clocks import ASSIGNED, CONCLUDE, OBJECT, REVIEW
from casetrack.kinds.petition_codes import GROUP, REPRESENTATIVES


def few_enough_representatives(view: View, on: date) -> str:
    number = view.values.get("representatives")
    if isinstance(number, int) and number > REPRESENTATIVES:
        return f"多人走访的，代表不得超过{REPRESENTATIVES}人（信访工作条例第二十条），登记的是{number}人"
    return ""


def a_group_is_five_visitors(view: View, on: date) -> str:
    group, persons = view.values.get("group"), view.values.get("persons", 1)
    many = view.values.get("channel") == "visit" and isinstance(persons, int) and persons >= GROUP
    if group is True and not many:
        return f"集体访是{GROUP}人以上的来访，请核对信访形式和人数"
    if group is False and many:
        return f"{GROUP}人以上的来访是集体访，请核对"
    return ""


def passed_on_by_a_petition_office(view: View, on: date) -> str:
    if view.values.get("intake") == "direct":
        return "机关、单位直接收到而不属于本机关、单位职权的，应当告知信访人向有权机关提出（信访工作条例第二十三条）"
    return ""


def not_to_the_accused(view: View, on: date) -> str:
    if view.values.get("to_accused") is True:
        return "检举控告材料不得转给被检举、控告的人或者单位（信访工作条例第三十条第三款、第四十六条第五项）"
    return ""


def within_five_working_days(view: View, on: date) -> str:
    last = view.last_day(OBJECT)
    if last is None:
        return "没有正在计算的异议期限：只有2022年5月1日以后收到的转送、交办事项，尚未受理的，可以提出异议"
    return f"提出异议的期限至{last}，已经届满（信访工作条例第二十三条第三款）" if on > last else ""


def an_objection_to_answer(view: View, on: date) -> str:
    return "" if awaits_answer(view) else "没有等待答复的异议，请先登记“提出异议”"


def awaits_answer(view: View) -> bool:
    return view.times("object") > view.times("uphold") + view.times("return")


def objected_to_its_sender(view: View, on: date) -> str:
    if view.values.get("intake") not in ("forwarded", "assigned"):
        return "只有收到转送、交办的事项才能退回；直接收到的，应当告知信访人向有权机关提出"
    return "" if awaits_answer(view) else "退回须先提出异议，并经转送、交办机关同意（信访工作条例第二十三条第三款）"


def nobody_to_notify(view: View, on: date) -> str:
    if view.last_day("petition.notify_forwarded"):
        return "转送、交办的事项没有免予告知的规定（信访工作条例第二十三条第三款）"
    if view.values.get("identity_unclear") is not True:
        return "只有姓名（名称）、住址不清的，才免予告知（信访工作条例第二十三条第二款）"
    return ""


def simple_enough(view: View, on: date) -> str:
    if is_simplified(view):
        return "本事项已经适用简易办理"
    values = view.values
    reasons = {
        "上级交办的": values.get("intake") == "assigned" or values.get("channel") == "delegated",
        "重复信访的": values.get("repeat") is True,
        "集体访的": values.get("group") is True,
    }
    barred = [reason for reason, holds in reasons.items() if holds]
    return f"{'、'.join(barred)}事项不适用简易办理（信访事项简易办理办法（试行））" if barred else ""


def simplified_so_far(view: View, on: date) -> str:
    return "" if is_simplified(view) else "本事项没有适用简易办理"


def is_simplified(view: View) -> bool:
    return view.times("simplify") > view.times("leave_simplified")


def approved_and_told(view: View, on: date) -> str:
    if view.values.get("approved") is not True:
        return "延长办理期限须经本机关、单位负责人批准（信访工作条例第三十四条）"
    if view.values.get("reasons_told") is not True:
        return "延长办理期限须告知信访人延期理由（信访工作条例第三十四条）"
    return still_running(view, on, CONCLUDE, "办结")


def agreed_by_the_assigner(view: View, on: date) -> str:
    if view.values.get("assigner_agreed") is not True:
        return "交办的期限由交办机关指定，延长须经其同意（信访工作条例第二十二条）"
    return still_running(view, on, ASSIGNED, "交办")


def still_running(view: View, on: date, duty: str, name: str) -> str:
    if not view.values.get("extended_days"):
        return "请填写延长的日数，至少为1"
    last = view.last_day(duty)
    if last is None:
        return f"本事项没有正在计算的{name}期限可以延长"
    return f"{name}期限已于{last}届满，不能再延长" if on > last else ""


def agreed_in_writing(view: View, on: date) -> str:
    if view.values.get("in_writing") is False:
        return "以和解、调解化解的，应当制作协议书（信访工作条例第三十三条）"
    return ""


def was_assigned(view: View, on: date) -> str:
    return "" if view.last_day(ASSIGNED) else "本事项没有交办，或者已经报送办结报告"


def service_can_be_proved(view: View, on: date) -> str:
    if view.values.get("service_proved") is False:
        return "请求复查的期限自信访人收到处理意见之日起算，须有送达凭证（信访工作条例第三十五条）"
    return ""


def review_still_open(view: View, on: date) -> str:
    last = view.last_day(REVIEW)
    if last is None:
        return "没有正在计算的请求复查期限：复查只针对申诉求决事项的处理意见"
    return f"请求复查的期限至{last}，已经届满（信访工作条例第三十五条）" if on > last else ""


def review_no_longer_open(view: View, on: date) -> str:
    last = view.last_day(REVIEW)
    if last is None:
        return "没有正在计算的请求复查期限"
    return f"请求复查的期限至{last}，尚未届满" if on <= last else ""


def a_proposal_to_answer(view: View, on: date) -> str:
    return "" if view.times("propose") > view.times("answer_proposal") else "没有等待反馈的建议"
