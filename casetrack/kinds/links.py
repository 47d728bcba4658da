"""How one case follows from another: a closed matter is never reopened, what comes after it is a case of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from an earlier case to the one that followed from it.

    With `same_matter` the later one is about the matter of the earlier: what somebody who logs it may say at once.
    """

    code: str
    label: str
    earlier: str
    later: str
    same_matter: bool = False


LINKS: dict[str, Link] = {
    link.code: link
    for link in (
        Link("petition_to_mediation", "信访事项转人民调解", "petition", "mediation"),
        Link("mediation_renewed", "同一纠纷再次调解", "mediation", "mediation", same_matter=True),
        Link("petition_repeated", "同一信访事项重复提出", "petition", "petition", same_matter=True),
        Link("petition_redone", "复查后重新办理", "petition_review", "petition"),
        Link("petition_to_review", "对处理意见申请复查", "petition", "petition_review"),
        Link("review_to_rereview", "对复查意见申请复核", "petition_review", "petition_review"),
        Link("petition_to_reconsideration", "信访事项导入行政复议", "petition", "reconsideration"),
        Link("reconsideration_to_litigation", "对复议决定起诉", "reconsideration", "litigation"),
        Link("reconsideration_renewed", "重新作出的行政行为再次申请复议", "reconsideration", "reconsideration"),
        Link("mediation_to_litigation", "调解不成后起诉", "mediation", "litigation"),
        Link("litigation_next", "上诉、再审或发回重审", "litigation", "litigation"),
        Link("mediation_merged", "并案调解", "mediation", "mediation"),
        Link("petition_forwarded", "转送、交办", "petition", "petition"),
        Link("petition_to_litigation", "信访事项导入诉讼", "petition", "litigation"),
        Link("litigation_to_mediation", "法院委派、委托调解", "litigation", "mediation"),
        Link("reconsideration_remade", "判决后重新作出复议决定", "litigation", "reconsideration"),
        Link("aid_renewed", "异议后重新审查", "legal_aid", "legal_aid"),
        Link("aid_in_litigation", "为诉讼提供法律援助", "litigation", "legal_aid"),
        Link("aid_in_reconsideration", "为行政复议提供法律援助", "reconsideration", "legal_aid"),
    )
}


def of_the_same_matter(kind: str) -> Link | None:
    """How a case is linked to an earlier one of its kind about the same matter; None where the law knows no such."""
    return next((link for link in LINKS.values() if link.same_matter and link.earlier == link.later == kind), None)
