"""Papers of petitions, and their words under the regulations of 2005 and of 2022.

Since 2022 only appeals without another statutory route end in a written opinion (Art. 31 item 6, 32) which can be
reviewed (Art. 35); proposals are answered (Art. 29). The regulation of 2005 had one written answer for all (Art. 32).
"""

from casetrack.law.statutes.petition import XF05, XF22
from reports.papers import services
from reports.papers.declaring import Basis, Paper, Version

ACCEPTANCE_22 = (
    "{信访人}：",
    "你（单位）提出的信访事项（{信访形式}），本机关（单位）于{登记之日}收悉。经审查，属于本机关（单位）职权范围，"
    "已于{受理之日}受理，编号为{案号}。依照{依据}，现予告知。",
    "处理途径和程序：{处理途径和程序}",
    "?本信访事项的办理期限至{办理期限届满日}，本机关（单位）将书面答复处理意见；情况复杂需要延期的，另行告知。",
    "可以凭查询码{查询码}查询办理状态。",
)
ACCEPTANCE_05 = (
    "{信访人}：",
    "你（单位）提出的信访事项（{信访形式}），本机关于{登记之日}收悉。经审查，属于本机关法定职权范围，"
    "依照{依据}，已于{受理之日}受理，编号为{案号}。",
    "?本信访事项的办理期限至{办理期限届满日}，本机关将书面答复处理意见；情况复杂需要延期的，另行告知。",
    "可以凭查询码{查询码}查询办理状态。",
)
FINDINGS = (
    "#一、投诉请求",
    "{反映问题}",
    "#二、事实和理由",
    "{事实和理由}",
    "#三、处理意见及其法律法规依据",
    "对你（单位）的请求，处理意见是：{处理意见}。",
    "依据：{法律法规依据}",
    "#四、救济途径",
)
OPINION_22 = (
    "{信访人}：",
    "你（单位）提出的信访事项（{信访形式}），本机关（单位）于{受理之日}受理，现已办理完毕。依照{依据}，出具处理意见如下。",
    *FINDINGS,
    "如不服本处理意见，可以自收到本意见书之日起{请求复查的期限}内，请求原办理机关、单位的上一级机关、单位复查。",
)
OPINION_05 = (
    "{信访人}：",
    "你（单位）提出的信访事项（{信访形式}），本机关于{受理之日}受理，现已办理完毕。依照{依据}，答复处理意见如下。",
    *FINDINGS,
    "如不服本处理意见，可以自收到本意见书之日起{请求复查的期限}内，请求原办理行政机关的上一级行政机关复查。",
)
ANSWER_22 = (
    "{信访人}：",
    "你（单位）提出的信访事项（{信访形式}），本机关（单位）于{登记之日}收悉，编号为{案号}。经研究论证，依照{依据}，回复如下。",
    "#一、反映的情况和提出的意见建议",
    "{反映问题}",
    "#二、研究论证和采纳情况",
    "{研究论证和采纳情况}",
)
EXTENSION = (
    "{信访人}：",
    "你（单位）提出的信访事项（{案号}），于{受理之日}受理，因情况复杂，未能在规定期限内办结。",
    "依照{依据}，经负责人于{延期之日}批准，办理期限延长{延长的日数}日，至{办理期限届满日}。",
    "延期理由：{延期理由}",
)
ONLY_APPEALS = (
    "信访处理意见书只用于申诉求决类事项（信访工作条例第三十一条第六项）：建议意见类用信访事项回复，"
    "检举控告类由有权处理的机关按规定反馈；请核对案件的“信访目的”"
)
NOT_APPEALS = "信访事项回复用于建议意见类等事项，申诉求决类事项出具信访处理意见书；请核对案件的“信访目的”"
SERVED = "复查期限自收到书面答复之日起算；条例没有规定送达的方式"

PAPERS = (
    Paper(
        "petition_acceptance",
        "受理通知书",
        "petition",
        ("accept",),
        "信受",
        (
            Version(
                (Basis(XF22, (23,)),),
                ACCEPTANCE_22,
                note="条例要求书面告知接收情况以及处理途径和程序，没有规定文书名称；告知书也称受理告知书",
            ),
            Version((Basis(XF05, (21, 22)),), ACCEPTANCE_05),
        ),
        to_serve=True,
    ),
    Paper(
        "petition_reply",
        "信访处理意见书",
        "petition",
        ("conclude",),
        "信意",
        (
            Version(
                (Basis(XF22, ((31, 0, 6), 32)),), OPINION_22, only=("purpose", ("appeal",)), otherwise=ONLY_APPEALS
            ),
            Version(
                (Basis(XF05, (32,)),),
                OPINION_05,
                label="信访事项处理意见书",
                note="条例只说书面答复，没有列明意见书的内容；各项依次为请求、事实和理由、意见和依据",
            ),
        ),
        to_serve=True,
    ),
    Paper(
        "petition_answer",
        "信访事项回复",
        "petition",
        ("conclude",),
        "信答",
        (
            Version(
                (Basis(XF22, (29,)),),
                ANSWER_22,
                only=("purpose", ("suggestion", "other")),
                otherwise=NOT_APPEALS,
                note="条例只要求对采纳、部分采纳的建议予以回复，没有规定文书",
            ),
        ),
        to_serve=True,
    ),
    Paper(
        "petition_extension",
        "延期办理告知书",
        "petition",
        ("extend",),
        "信延",
        (
            Version((Basis(XF22, (34,)),), EXTENSION, note="条例要求告知延期理由，没有规定文书名称"),
            Version((Basis(XF05, (33,)),), EXTENSION, note="条例要求告知延期理由，没有规定文书名称"),
        ),
        to_serve=True,
    ),
    Paper(
        "petition_service",
        "送达回证",
        "petition",
        ("accept", "conclude"),
        "信送",
        (
            Version((Basis(XF22, (35,)),), services.SLIP, note=SERVED),
            Version((Basis(XF05, (34,)),), services.SLIP, note=SERVED),
        ),
        services.SIGNED,
        slip=True,
    ),
)
