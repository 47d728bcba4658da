"""Papers of reviews (复查) and re-reviews (复核) of petitions, under the regulations of 2005 and of 2022."""

from casetrack.law.statutes.petition import XF05, XF22
from reports.papers import services
from reports.papers.declaring import Basis, Paper, Version

HEARD = (
    "#一、请求和理由",
    "{申请理由}",
    "#二、查明的事实和理由",
    "{事实和理由}",
)
REVIEW = (
    "{申请人}：",
    "你（单位）不服信访处理意见，请求复查，请求于{收到申请之日}收到。依照{依据}，提出复查意见如下。",
    *HEARD,
    "#三、复查意见",
    "对原处理意见，复查意见是：{结论}。",
    "依据：{法律法规依据}",
    "#四、救济途径",
)
REREVIEW = (
    "{申请人}：",
    "你（单位）不服信访复查意见，请求复核，请求于{收到申请之日}收到。依照{依据}，提出复核意见如下。",
    *HEARD,
    "#三、复核意见",
    "对原复查意见，复核意见是：{结论}。",
    "依据：{法律法规依据}",
)
WITHIN = "如不服本复查意见，可以自收到本意见书之日起{请求复核的期限}内，"
REREVIEW_22 = WITHIN + "向复查机关、单位的上一级机关、单位请求复核。"
REREVIEW_05 = WITHIN + "向复查机关的上一级行政机关请求复核。"
LAST_22 = "不服复核意见，仍然以同一事实和理由提出投诉请求的，各级党委和政府信访部门和其他机关、单位不再受理。"
LAST_05 = "不服复核意见，仍然以同一事实和理由提出投诉请求的，各级人民政府信访工作机构和其他行政机关不再受理。"
OF_A_REVIEW, OF_A_REREVIEW = ("level", ("review",)), ("level", ("rereview",))
NO_REVIEW = "复查意见书用于复查，复核制作复核意见书；请核对案件的“级别”"
NO_REREVIEW = "复核意见书用于复核，复查制作复查意见书；请核对案件的“级别”"
FORM = "条例要求提出意见、书面答复，没有列明意见书的内容"
SERVED = "请求复核的期限自收到书面答复之日起算；条例没有规定送达的方式"

PAPERS = (
    Paper(
        "review_opinion",
        "信访复查意见书",
        "petition_review",
        ("decide",),
        "信查意",
        (
            Version((Basis(XF22, (35,)),), (*REVIEW, REREVIEW_22), only=OF_A_REVIEW, otherwise=NO_REVIEW, note=FORM),
            Version((Basis(XF05, (34,)),), (*REVIEW, REREVIEW_05), only=OF_A_REVIEW, otherwise=NO_REVIEW, note=FORM),
        ),
        to_serve=True,
    ),
    Paper(
        "rereview_opinion",
        "信访复核意见书",
        "petition_review",
        ("decide",),
        "信核意",
        (
            Version((Basis(XF22, (36,)),), (*REREVIEW, LAST_22), only=OF_A_REREVIEW, otherwise=NO_REREVIEW, note=FORM),
            Version((Basis(XF05, (35,)),), (*REREVIEW, LAST_05), only=OF_A_REREVIEW, otherwise=NO_REREVIEW, note=FORM),
        ),
        to_serve=True,
    ),
    Paper(
        "review_service",
        "送达回证",
        "petition_review",
        ("decide",),
        "信复送",
        (
            Version((Basis(XF22, (35, 36)),), services.SLIP, note=SERVED),
            Version((Basis(XF05, (34, 35)),), services.SLIP, note=SERVED),
        ),
        services.SIGNED,
        slip=True,
    ),
)
