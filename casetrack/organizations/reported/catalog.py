"""What can be reported: each number declared once, with the words that tables and ledgers have for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from casetrack.kinds.base import Choice

ORIGINS = (
    Choice("congress", "人大代表议案、建议", ("人大议案", "人大代表议案", "人大代表建议", "人大建议", "人大")),
    Choice("cppcc", "政协提案", ("政协委员提案", "委员提案", "政协")),
)
DIMENSIONS: Mapping[str, tuple[Choice, ...]] = {"origin": ORIGINS}
DIMENSION_LABELS: Mapping[str, str] = {"origin": "来源"}


@dataclass(frozen=True, slots=True)
class Reportable:
    """A number that bodies report. A `share` is stated as such: shares of parts never make the share of a whole.

    `over` names the two counts of the same subject that a share follows from, where both were reported. Every entry
    says its value of each of `dimensions`. `words` are further names that registers have for it. What is reported
    `instead` of cases is otherwise counted from them: it is told only of places of whose cases the record has none.
    """

    subject: str
    measure: str
    label: str
    unit: str
    definition: str
    dimensions: tuple[str, ...] = ()
    over: tuple[str, str] | None = None
    decimals: int = 0
    words: tuple[str, ...] = ()
    version: str = ""
    instead: bool = False

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


HOTLINE = (
    Reportable(
        "hotline",
        "received",
        "热线受理",
        "件",
        "报送期内12345政务服务便民热线受理的诉求件数。",
        words=("12345热线受理", "12345受理", "热线诉求", "热线来电"),
    ),
    Reportable(
        "hotline",
        "handled",
        "热线办理",
        "件",
        "报送期内受理的12345热线诉求中已办理的件数。",
        words=("12345热线办理", "12345办理", "热线办结"),
    ),
    Reportable(
        "hotline",
        "handled_rate",
        "受理办理率",
        "%",
        "已办理的热线诉求占受理数的比例：受理数和办理数都报齐的由两数计算，否则为报送单位对该期间的原报数，不由各期、各单位的比率推算。",
        over=("handled", "received"),
        decimals=1,
        version="受理办理率·按受理数·1",
        words=("热线办理率", "热线受理办理率", "12345办理率"),
    ),
)
PROPOSAL = (
    Reportable(
        "proposal",
        "handled",
        "议案提案办理",
        "件",
        "报送期内办理的人大代表议案、建议和政协提案件数。",
        ("origin",),
        words=("议案提案", "建议提案办理", "建议提案"),
    ),
)
LEGAL_AID = (
    Reportable(
        "legal_aid",
        "advice_given",
        "法律咨询",
        "人次",
        "报送期内解答法律咨询的人次（来访、来电、网络）。",
        words=("提供法律咨询", "解答法律咨询", "法律咨询人次"),
    ),
    Reportable(
        "legal_aid",
        "duty_lawyer_help",
        "值班律师法律帮助",
        "件",
        "报送期内值班律师为犯罪嫌疑人、被告人提供法律帮助的件数。",
        words=("值班律师帮助", "法律帮助"),
    ),
)
PREVENTED = (
    ("suicides", "防止民间纠纷引起自杀", ("防止自杀", "防止纠纷引起自杀")),
    ("crimes", "防止民间纠纷转化为刑事案件", ("刑转民", "民转刑", "防止民转刑", "防止转化为刑事案件")),
    ("group_petitions", "防止群体性上访", ("群体性上访", "防止集体上访")),
    ("group_fights", "防止群体性械斗", ("群体性械斗", "防止械斗")),
)
MEDIATION = (
    Reportable(
        "mediation",
        "sweeps",
        "排查纠纷",
        "次",
        "报送期内组织矛盾纠纷排查的次数。",
        words=("矛盾纠纷排查", "排查矛盾纠纷", "排查次数"),
    ),
    Reportable(
        "mediation",
        "disputes_prevented",
        "预防纠纷",
        "件",
        "报送期内经排查预防、未形成案件的纠纷件数。",
        words=("预防矛盾纠纷",),
    ),
    *(
        Reportable(
            "mediation",
            f"{name}_{counted}",
            f"{label}（{unit}）",
            unit,
            f"报送期内{label}的{'件数' if unit == '件' else '所涉人数'}。",
            words=tuple(f"{word}{said}" for word in (label, *words) for said in (unit, f"{unit}数")),
        )
        for name, label, words in PREVENTED
        for counted, unit in (("prevented", "件"), ("prevented_persons", "人"))
    ),
)
OTHER = (
    Reportable(
        "reported",
        "documents_filed",
        "规范性文件备案",
        "件",
        "报送期内报送备案的规范性文件件数。",
        words=("规范性文件备案审查", "备案规范性文件"),
    ),
    Reportable(
        "reported",
        "documents_reviewed",
        "规范性文件合法性审核",
        "件",
        "报送期内合法性审核的规范性文件件数。",
        words=("合法性审核", "合法性审查", "规范性文件合法性审查"),
    ),
    Reportable(
        "reported",
        "documents_cleared",
        "规范性文件清理",
        "件",
        "报送期内列入清理的规范性文件件数。",
        words=("清理规范性文件",),
    ),
    Reportable(
        "reported",
        "enforcement_decisions_filed",
        "重大执法决定备案",
        "件",
        "报送期内备案审查的重大行政执法决定件数。",
        words=("重大执法决定备案审查", "重大行政执法决定备案"),
    ),
    Reportable(
        "reported",
        "training_sessions",
        "其他单位举办培训",
        "次",
        "报送期内其他单位举办、不在培训台账中的法治培训次数。",
        words=("其他培训", "法治培训"),
    ),
    Reportable(
        "reported",
        "training_attendance",
        "其他单位培训人次",
        "人次",
        "报送期内其他单位举办的法治培训的参加人次之和。",
        words=("其他培训人次", "法治培训人次"),
    ),
    Reportable(
        "reported",
        "publicity_events",
        "法治宣传活动",
        "场次",
        "报送期内举办的法治宣传活动场次。",
        words=("法治宣传", "普法活动", "普法宣传"),
    ),
)
NO_CASES = "（仅限本系统没有此类案件的地区，按其汇总数报送）"
INSTEAD = tuple(
    Reportable(subject, measure, label, unit, f"报送期内{text}{NO_CASES}。", words=words, instead=True)
    for subject, measure, label, unit, text, words in (
        ("reconsideration", "received", "行政复议收到", "件", "收到的行政复议申请件数", ("收到行政复议申请",)),
        ("reconsideration", "handled", "行政复议办理", "件", "办理的行政复议案件数", ("办理行政复议案件",)),
        ("litigation", "received", "行政应诉收到", "件", "收到的应诉案件数", ("新收应诉案件",)),
        ("litigation", "handled", "行政应诉办理", "件", "办理的应诉案件数", ("应诉案件", "办理应诉案件")),
        ("litigation", "hearings_attended", "参加庭审", "次", "参加庭审活动的次数", ("参加庭审活动",)),
        ("litigation", "hearing_attendance", "参加庭审人数", "人", "参加各次庭审活动的人数之和", ("庭审旁听人数",)),
        ("litigation", "head_appearances", "负责人出庭次数", "次", "行政机关负责人出庭应诉的次数", ("负责人出庭应诉",)),
        ("litigation", "heads_appeared", "出庭负责人人数", "人", "出庭应诉的行政机关负责人人数", ()),
        ("litigation", "judgments_performed", "执行生效裁判", "件", "执行人民法院生效裁判的案件数", ("履行生效裁判",)),
        ("litigation", "judicial_suggestions", "司法建议", "件", "人民法院司法建议的件数", ()),
        ("litigation", "procuratorial_suggestions", "检察建议", "件", "人民检察院检察建议的件数", ()),
    )
)
SUBJECT_LABELS: Mapping[str, str] = {"hotline": "12345热线", "proposal": "议案提案办理", "reported": "其他报送事项"}
REPORTABLES: tuple[Reportable, ...] = (*HOTLINE, *PROPOSAL, *LEGAL_AID, *MEDIATION, *OTHER, *INSTEAD)
BY_NAME: Mapping[tuple[str, str], Reportable] = {(each.subject, each.measure): each for each in REPORTABLES}


def reportable(subject: str, measure: str) -> Reportable | None:
    return BY_NAME.get((subject, measure))


def choice_label(dimension: str, value: str) -> str:
    """The official term of a dimension's value; the value itself where it is not declared."""
    return next((choice.label for choice in DIMENSIONS.get(dimension, ()) if choice.code == value), value)
