"""The words of the field: which subject, measure and dimension they speak of."""

from collections.abc import Mapping
from dataclasses import replace

from casetrack.stats import indicators
from reports.checking.lexicon.base import BODIES, CASES, DAYS, MONEY, PERSONS, RATE, Said, any_of
from reports.checking.lexicon.base import Subject as Subject
from reports.checking.lexicon.legal_aid import LEGAL_AID
from reports.checking.lexicon.litigation import LITIGATION
from reports.checking.lexicon.mediation import MEDIATION
from reports.checking.lexicon.organization import ORGANIZATION, TRAINING
from reports.checking.lexicon.others import OTHERS
from reports.checking.lexicon.petition import PETITION, PETITION_REVIEW
from reports.checking.lexicon.reconsideration import RECONSIDERATION

GENERAL = "general"
SORTS = {"件": CASES, "%": RATE, "天": DAYS, "万元": MONEY, "人": PERSONS, "人次": PERSONS, "个": BODIES}
KEPT = ("entered", "imported", "entered_late", "late_entry_rate", "mean_entry_lag", "merged", "terminated", "returned")


LONG = ("办理", "办结", "审理", "调解", "处置", "办案", "")
CALLED = {"mean_days": tuple(f"平均{what}{time}" for what in LONG for time in ("用时", "时长", "时间", "周期", "天数"))}


def catalogued(subject: Subject) -> Subject:
    """The subject with the names that the catalogue itself has for its figures, where the lexicon has no such word."""
    named = indicators.SUBJECTS[subject.code].measures.values()
    said = (
        Said(each.measure, (each.label, *CALLED.get(each.measure, ())), SORTS[each.unit])
        for each in named
        if each.unit in SORTS
    )
    more = (each for each in said if each.measure not in KEPT and not {*each.words} & {*subject.words})
    return replace(subject, said=(*subject.said, *more))


SUBJECTS: Mapping[str, Subject] = {
    subject.code: catalogued(subject)
    for subject in (
        *(ORGANIZATION, TRAINING, MEDIATION, PETITION, PETITION_REVIEW, RECONSIDERATION, LITIGATION, LEGAL_AID),
        *OTHERS,
    )
}
ALIEN = (
    *("仲裁案件", "网格员", "仲裁", "通报", "白皮书", "劳动争议仲裁", "劳动仲裁", "代理审查"),
    *(
        "服务事项",
        "行政许可",
        "行政处罚",
        "行政审批",
        "审批",
        "执法检查",
        "执法信息",
        "执法人员",
        "抽查",
        "市场主体",
        "证照",
    ),
    *(
        "宣传资料",
        "宣传品",
        "宣传手册",
        "宣传册",
        "手册",
        "简报",
        "会议",
        "政务信息",
        "政府信息",
        "信息公开",
        "合同",
        "项目",
        "隐患",
    ),
    *(
        "案卷",
        "卷宗",
        "资金",
        "经费",
        "窗口",
        "志愿者",
        "公证",
        "公众号",
        "微信",
        "抖音",
        "短视频",
        "典型案例",
        "专栏",
        "证明事项",
    ),
    *(
        "公职律师",
        "法律顾问",
        "刑事监督",
        "公益诉讼",
        "民事行政监督",
        "行政机关",
        "企业",
        "法官",
        "检察官",
        "党员",
        "人民陪审员",
    ),
    *(
        "以案定补",
        "奖励",
        "补助",
        "示范",
        "法治广场",
        "法治公园",
        "执法证",
        "网办",
        "事项清单",
        "责任清单",
        "权责清单",
        "政策",
    ),
    *(
        "违法案件",
        "执法案件",
        "重大决策",
        "涉法文件",
        "座谈会",
        "联席会议",
        "受教育",
        "发放",
        "刑事案件",
        "治安案件",
        "年度任务",
    ),
)
ALIENS = any_of(ALIEN)


def _index(which: str) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for subject in SUBJECTS.values():
        for word in getattr(subject, which):
            made[word] = (*made.get(word, ()), subject.code)
    return made


NAMED: Mapping[str, tuple[str, ...]] = _index("names")
HINTED: Mapping[str, tuple[str, ...]] = _index("hints")
NAME_PATTERN = any_of(NAMED)
HINT_PATTERN = any_of(HINTED)
