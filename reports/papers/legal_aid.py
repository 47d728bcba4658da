"""Papers of legal aid, and their words under the regulation of 2003 and the law of 2021.

Both ask for a decision, and for a written notice with reasons where aid is refused (2021, Art. 43; 2003, Art. 18). Who
objects turns to the department of justice (Art. 49; Art. 19, which knew no objection to an end). Of how the days of the
law of 2021 are counted there is a doubt; of these articles there is none.
"""

from casetrack.law.statutes.legal_aid import HOURS as LA21
from casetrack.law.statutes.legal_aid import LA03
from reports.papers.declaring import Basis, Paper, Version

ASKED = "你申请的法律援助（{案件类型}），本机构于{申请、通知、转交之日}收到，编号为{案号}。"
OBJECTION_21 = (
    "对本决定有异议的，可以向设立本机构的司法行政部门提出；对司法行政部门维持本决定不服的，"
    "可以依法申请行政复议或者提起行政诉讼。"
)
OBJECTION_03 = "对本通知有异议的，可以向确定本机构的司法行政部门提出。"
GRANT = (
    "{受援人}：",
    ASKED + "经审查，依照{依据}，决定给予法律援助。",
    "?申请事项：{申请事项}",
    "?援助形式：{援助形式}",
)
GRANT_21 = (
    *GRANT,
    "法律援助人员不得向受援人收取任何财物。受援人应当如实陈述与法律援助事项有关的情况，及时提供证据材料，协助、配合办理。",
    "受援人有权了解法律援助事项办理情况；法律援助机构、法律援助人员未依法履行职责的，可以向司法行政部门投诉，"
    "并可以请求更换法律援助人员。",
)
GRANT_03 = (*GRANT, "办理法律援助案件的人员提供法律援助，不得收取任何财物。")
REFUSAL = (
    "{受援人}：",
    ASKED + "经审查，不符合法律援助条件，依照{依据}，不给予法律援助。",
    "?申请事项：{申请事项}",
    "理由：{不予援助的理由}",
)
END = (
    "{受援人}：",
    "本机构向你提供的法律援助（{案件类型}，{案号}），因有下列情形，依照{依据}，决定终止。",
    "情形：{终止的事由}",
    "事实和理由：{事实和理由}",
)
FORM = "没有列明决定书的内容"
REASONS = "须书面告知并说明理由，没有列明文书的内容"

PAPERS = (
    Paper(
        "aid_granted",
        "给予法律援助决定书",
        "legal_aid",
        ("grant",),
        "援予",
        (
            Version((Basis(LA21, (43,)),), GRANT_21, note=f"{FORM}；权利义务依第二十条、第四十七条、第五十五条"),
            Version((Basis(LA03, ((18, 2),)),), GRANT_03, note=f"{FORM}；不收取财物依第二十二条"),
        ),
    ),
    Paper(
        "aid_refused",
        "不予法律援助决定书",
        "legal_aid",
        ("refuse",),
        "援不",
        (
            Version((Basis(LA21, (43,)),), (*REFUSAL, OBJECTION_21), note=f"{REASONS}；异议依第四十九条"),
            Version(
                (Basis(LA03, ((18, 2),)),),
                (*REFUSAL, OBJECTION_03),
                label="不予法律援助通知书",
                note=f"{REASONS}；异议依第十九条",
            ),
        ),
    ),
    Paper(
        "aid_ended",
        "终止法律援助决定书",
        "legal_aid",
        ("terminate",),
        "援终",
        (
            Version((Basis(LA21, (48,)),), (*END, OBJECTION_21), note=f"{FORM}；异议依第四十九条"),
            Version((Basis(LA03, (23,)),), END, note=f"{FORM}，也没有规定对终止的异议"),
        ),
    ),
)
