"""The indicators of petitions and their reviews: ways out, the three rates and the variants that places use."""

from datetime import date

from casetrack.stats.indicators.base import Indicator, Term, Window
from casetrack.stats.indicators.shorthand import cohort, flow, of, rate, remaining

SUBJECT = "petition"
RATED_SINCE = date(2015, 1, 1)  # 信访事项办理群众满意度评价工作办法
SATISFIED = ("satisfied", "basically_satisfied")
FIRST_TIME, REPEATED = (("repeat", ("no",)),), (("repeat", ("yes",)),)


def satisfied(*values: str, window: Window = Window.FLOW) -> tuple[Term, ...]:
    return (Term("rated", window, where=(("satisfaction", values),)),)


WAYS_OUT = (
    flow(SUBJECT, "concluded", "办结（出具意见）", "统计期内出具处理意见而办结的信访事项数。"),
    flow(SUBJECT, "settled", "化解", "统计期内以和解、调解化解的信访事项数。"),
    flow(SUBJECT, "diverted", "导入法定程序", "统计期内导入诉讼、复议等法定程序的信访事项数。"),
    flow(SUBJECT, "told_elsewhere", "告知向有权机关提出", "统计期内告知信访人向有权机关、单位提出的信访事项数。"),
    flow(SUBJECT, "returned", "退回", "统计期内因异议成立而退回转送、交办机关的信访事项数。"),
    flow(SUBJECT, "terminated", "终止", "统计期内终止办理的信访事项数。"),
)
RATED: tuple[Indicator, ...] = (
    flow(SUBJECT, "rated", "参评", "统计期内信访人作出满意度评价的信访事项数，每一事项计一次。", since=RATED_SINCE),
    rate(
        SUBJECT,
        "satisfaction_rate",
        "群众满意率",
        "统计期内作出评价的信访事项中，评价为满意或基本满意的所占比例，未评价的不计入。",
        (satisfied(*SATISFIED), of("rated")),
        ("评价为满意或基本满意的事项数", "参评数"),
        version="满意率·按参评数·1",
        since=RATED_SINCE,
    ),
    rate(
        SUBJECT,
        "full_satisfaction_rate",
        "群众满意率（仅满意）",
        "统计期内作出评价的信访事项中，评价为满意的所占比例，基本满意和未评价的不计入分子。",
        (satisfied("satisfied"), of("rated")),
        ("评价为满意的事项数", "参评数"),
        version="满意率·仅满意·1",
        since=RATED_SINCE,
    ),
    rate(
        SUBJECT,
        "satisfaction_rate_of_first",
        "群众满意率（初次信访）",
        "统计期内作出评价的初次信访事项中，评价为满意或基本满意的所占比例，重复信访和未评价的不计。",
        (
            (Term("rated", where=(*FIRST_TIME, ("satisfaction", SATISFIED))),),
            (Term("rated", where=FIRST_TIME),),
        ),
        ("评价为满意或基本满意的初次信访事项数", "参评的初次信访事项数"),
        version="满意率·按初次件参评数·1",
        since=RATED_SINCE,
    ),
    rate(
        SUBJECT,
        "rating_rate",
        "参评率",
        "统计期内收到的信访事项中，截至截止日可以评价（已出具意见或已化解）的事项里已作出评价的所占比例。",
        (cohort("rated"), cohort("concluded", "settled")),
        ("已评价的事项数", "可以评价的事项数"),
        version="参评率·按可评数·1",
        since=RATED_SINCE,
    ),
    rate(
        SUBJECT,
        "satisfaction_rate_of_ratable",
        "群众满意率（按可评数）",
        "统计期内收到的信访事项中，截至截止日可以评价的事项里评价为满意或基本满意的所占比例，即参评率与满意率之积。",
        (satisfied(*SATISFIED, window=Window.COHORT), cohort("concluded", "settled")),
        ("评价为满意或基本满意的事项数", "可以评价的事项数"),
        version="满意率·按可评数·1",
        since=RATED_SINCE,
    ),
)
REPETITION = (
    rate(
        SUBJECT,
        "repeat_rate",
        "重复信访率",
        "统计期内收到的信访事项中，登记为重复信访的所占比例。",
        ((Term("received", where=REPEATED),), of("received")),
        ("重复信访件数", "收到件数"),
        version="重复信访率·按件·1",
    ),
    flow(
        SUBJECT,
        "repeat_visits",
        "就同一事项再次信访",
        "统计期内信访人就已登记的同一事项再次提出的次数。",
        unit="次",
    ),
    rate(
        SUBJECT,
        "resolution_rate",
        "化解率",
        "统计期内收到的信访事项中，截至截止日已出具意见或已化解的事项里以和解、调解化解的所占比例。",
        (cohort("settled"), cohort("concluded", "settled")),
        ("化解数", "出具意见数与化解数之和"),
        version="化解率·和解调解·1",
    ),
    rate(
        SUBJECT,
        "return_rate",
        "初次信访重访率",
        "统计期内收到的初次信访事项中，截至截止日信访人就同一事项再次提出的所占比例，一次性化解率即其余数。",
        (cohort("came_back", where=FIRST_TIME), (Term("received", where=FIRST_TIME),)),
        ("再次提出的初次信访事项数", "初次信访事项数"),
        version="重访率·按初次件·1",
    ),
    rate(
        SUBJECT,
        "one_time_resolution_rate",
        "一次性化解率",
        "统计期内收到的初次信访事项中，截至截止日信访人没有就同一事项再次提出的所占比例。",
        (remaining("received", out="came_back", where=FIRST_TIME), (Term("received", where=FIRST_TIME),)),
        ("没有再次提出的初次信访事项数", "初次信访事项数"),
        version="一次性化解率·按初次件·1",
    ),
)
DUE = (
    flow(
        SUBJECT,
        "acceptance_overdue",
        "超期未受理、告知",
        "统计期内期限届满而未受理、告知，或逾期才受理、告知的信访事项数。",
    ),
    rate(
        SUBJECT,
        "timely_acceptance_rate",
        "及时受理率",
        "统计期内应当受理、告知的信访事项（按期的按受理、告知之日，超期的按届满次日计）中，在期限内受理、告知的所占比例。",
        (of("acceptance_kept"), of("acceptance_kept", "acceptance_overdue")),
        ("按期受理、告知数", "按期数与超期（含仍未受理）数之和"),
        version="及时受理率·按应受理数·1",
    ),
    flow(SUBJECT, "conclusion_overdue", "超期未办结", "统计期内办理期限届满而未办结，或者逾期才办结的信访事项数。"),
    rate(
        SUBJECT,
        "timely_conclusion_rate",
        "按期办结率（按应办结数）",
        "统计期内应当办结的信访事项（按期的按办结之日，超期的按届满次日计）中，在期限内出具意见或化解的所占比例。",
        (of("conclusion_kept"), of("conclusion_kept", "conclusion_overdue")),
        ("按期办结数", "按期数与超期（含仍未办结）数之和"),
        version="按期办结率·按应办结数·1",
    ),
    rate(
        SUBJECT,
        "timely_reply_rate",
        "按期答复率（含未到期）",
        "统计期内收到的信访事项中，截至截止日已受理的事项（含未到期、没有法定期限的）里在期限内出具意见或化解的所占比例。",
        (cohort("conclusion_kept"), cohort("accepted")),
        ("按期答复数", "受理数"),
        version="按期答复率·含未到期·1",
    ),
)
ANSWERED: tuple[Indicator, ...] = (
    flow(SUBJECT, "contacted", "联系信访人", "统计期内首次联系信访人的信访事项数，每一事项计一次。"),
    rate(
        SUBJECT,
        "contact_rate",
        "初次信访办理联系率",
        "统计期内收到的初次信访事项中，截至截止日办理中已联系信访人的所占比例。",
        (cohort("contacted", where=FIRST_TIME), (Term("received", where=FIRST_TIME),)),
        ("已联系的初次信访事项数", "初次信访事项数"),
        version="联系率·按初次件·1",
    ),
    flow(SUBJECT, "replied_publicly", "公开答复", "统计期内出具处理意见并公开答复的信访事项数。"),
    rate(
        SUBJECT,
        "public_reply_rate",
        "公开回复率",
        "统计期内出具处理意见的信访事项中，公开答复的所占比例。",
        (of("replied_publicly"), of("concluded")),
        ("公开答复数", "出具处理意见数"),
        version="公开回复率·按答复数·1",
    ),
)
PETITION = (*WAYS_OUT, *DUE, *ANSWERED, *RATED, *REPETITION)
PETITION_REVIEW = (flow("petition_review", "decided", "作出意见", "统计期内作出复查、复核意见的事项数。"),)
