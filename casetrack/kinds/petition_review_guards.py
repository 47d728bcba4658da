"""What review and re-review ask of a step beyond the state of the case: why it may not be taken, in Chinese."""

from datetime import date

from casetrack.kinds.lifecycle import View

REVIEW_REQUEST, REREVIEW_REQUEST = "petition.review_request", "petition.rereview_request"


def requested_in_time(view: View, on: date) -> str:
    """The right is lost after thirty days from the day the opinion came, where that day is known."""
    late = [duty for duty in (REVIEW_REQUEST, REREVIEW_REQUEST) if view.too_late(duty)]
    if late:
        return "收到意见之日起三十日内没有提出请求的，不再受理（信访工作条例第三十五条、第三十六条），请登记不予受理"
    return ""


def approved_by_the_committee(view: View, on: date) -> str:
    if view.values.get("approved") is not True:
        return "延长复查、复核期限须经复查复核委员会批准（北京市信访条例第五十条）"
    return "" if view.values.get("extended_days") else "请填写延长的日数，至少为1"


def of_a_review(view: View, on: date) -> str:
    if view.values.get("level") != "review":
        return "复核意见送达后信访程序终结，请登记“送达复核意见”"
    return ""


def of_a_rereview(view: View, on: date) -> str:
    if view.values.get("level") != "rereview":
        return "复查意见送达后还可以请求复核，请登记“送达复查意见”"
    return ""


def rereview_still_open(view: View, on: date) -> str:
    last = view.last_day(REREVIEW_REQUEST)
    return f"请求复核的期限至{last}，已经届满（信访工作条例第三十六条）" if last and on > last else ""


def rereview_no_longer_open(view: View, on: date) -> str:
    last = view.last_day(REREVIEW_REQUEST)
    return f"请求复核的期限至{last}，尚未届满" if last and on <= last else ""
