"""Fields of management (行政管理类别), the rows of the official table of reconsideration: its lists with their dates.

A case keeps the finest term that the office wrote; every list says in which of its rows each term counts, so that a
period can be told by the list of its time or by another. The lists of 2007 and 2015 are read from a form in use in
2016, that of 2018 from the reports of offices after the reform of the departments; the ministry's own is not known.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from casetrack.kinds.fields import Choice

OTHER = "other"

DEPARTMENTS = (
    Choice("public_security", "公安"),
    Choice("state_security", "国家安全"),
    Choice("human_resources", "人力资源和社会保障", ("劳动和社会保障", "人社", "劳动社保")),
    Choice("justice", "司法行政"),
    Choice("civil_affairs", "民政"),
    Choice("natural_resources", "自然资源", ("国土资源",)),
    Choice("environment", "生态环境", ("环保", "环境保护")),
    Choice("agriculture", "农业农村", ("农业",)),
    Choice("water", "水利"),
    Choice("housing", "住房城乡建设", ("住建", "城乡建设")),
    Choice("market", "市场监管"),
    Choice("emergency", "应急管理", ("安监",)),
    Choice("transport", "交通运输", ("交通",)),
    Choice("city_management", "城市管理", ("城管",)),
    Choice("tax", "税务"),
    Choice("customs", "海关"),
    Choice("finance", "财政"),
    Choice("audit", "审计"),
    Choice("statistics", "统计"),
    Choice("health", "卫生健康", ("卫生计生", "卫生")),
    Choice("education", "教育"),
    Choice("culture", "文化旅游", ("文化", "文化和旅游")),
    Choice("development", "发展改革", ("发改",)),
    Choice("industry", "工业和信息化", ("信息产业",)),
    Choice("commerce", "商务"),
    Choice("tobacco", "烟草专卖", ("烟草",)),
    Choice("township", "乡镇街道", ("乡镇（办）", "乡镇(办)", "乡镇")),
)


def finer(code: str, label: str, *words: str) -> Choice:
    """A term of an older list, or of a department that counties hardly have: shown where it occurs."""
    return Choice(code, label, words, listed=False)


FINER = (
    finer("land", "土地"),
    finer("mining", "地矿"),
    finer("forestry", "林业"),
    finer("planning", "城乡规划", "城市规划"),
    finer("expropriation", "房屋征补（拆迁）", "房屋征补", "房屋征补(拆迁)", "房屋拆迁"),
    finer("real_estate", "不动产登记", "房屋登记"),
    finer("industry_commerce", "工商"),
    finer("pricing", "物价"),
    finer("energy", "能源"),
    finer("post", "邮政"),
    finer("central_bank", "人民银行"),
    finer("securities", "证监"),
    finer("insurance", "保监"),
    finer("banking", "银监"),
    finer("foreign_exchange", "外汇"),
    finer("quality", "质检", "质监"),
    finer("inspection", "商检"),
    finer("food", "食品安全", "药监", "食药监"),
    finer("family_planning", "计划生育", "计生"),
    finer("patents", "专利"),
    finer("trademarks", "商标"),
    finer("copyright", "版权"),
    finer("tourism", "旅游"),
    finer("press", "新闻出版广电"),
    finer("science", "科技"),
)
FIELDS_OF_MANAGEMENT = (*DEPARTMENTS, *FINER, Choice(OTHER, "其他", ("其它",)))
LABELS = {choice.code: choice.label for choice in FIELDS_OF_MANAGEMENT}
CODES = frozenset(LABELS)

Row = tuple[str, tuple[str, ...]]
"""A row as the list names it, and the terms that count in it."""


@dataclass(frozen=True, slots=True)
class ManagementList:
    """A list of rows with its time. `coarse` are terms wider than their row: they count where most of them belong."""

    code: str
    label: str
    since: date
    until: date
    legacy: bool
    rows: tuple[Row, ...]
    coarse: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        counted = Counter(code for _, codes in self.rows for code in codes)
        astray = sorted(code for code in {*CODES, *counted} if counted[code] != 1 or code not in CODES)
        if astray:
            raise ValueError(f"{self.code}: {', '.join(astray)} is not in exactly one row")

    def row_of(self, code: str) -> str:
        """Under which row a term counts."""
        return next(label for label, codes in self.rows if code in codes)

    def names_in(self, row: str) -> list[str]:
        """The terms that count in a row, in words."""
        return [LABELS[code] for label, codes in self.rows if label == row for code in codes]


def rows(listed: tuple[Row, ...]) -> tuple[Row, ...]:
    """Whatever a list does not name counts under 其他, its last row."""
    named = {code for _, codes in listed for code in codes}
    return (*listed, ("其他", tuple(choice.code for choice in FIELDS_OF_MANAGEMENT if choice.code not in named)))


def renamed(listed: tuple[Row, ...], new: dict[str, tuple[Row, ...]]) -> tuple[Row, ...]:
    """A list with some of its rows replaced, each by others or by none."""
    return tuple(row for each in listed for row in new.get(each[0], (each,)))


NAMED_IN_2015: tuple[Row, ...] = (
    ("公安", ("public_security",)),
    ("国家安全", ("state_security",)),
    ("劳动和社会保障", ("human_resources",)),
    ("司法行政", ("justice",)),
    ("民政", ("civil_affairs",)),
    ("土地", ("land", "natural_resources")),
    ("地矿", ("mining",)),
    ("环保", ("environment",)),
    ("农业", ("agriculture",)),
    ("水利", ("water",)),
    ("林业", ("forestry",)),
    ("城乡规划", ("planning",)),
    ("房屋征补（拆迁）", ("expropriation", "housing")),
    ("不动产登记", ("real_estate",)),
    ("工商", ("industry_commerce", "market")),
    ("安监", ("emergency",)),
    ("商务", ("commerce",)),
    ("物价", ("pricing",)),
    ("能源", ("energy",)),
    ("交通运输", ("transport",)),
    ("信息产业", ("industry",)),
    ("邮政", ("post",)),
    ("烟草专卖", ("tobacco",)),
    ("税务", ("tax",)),
    ("人民银行", ("central_bank",)),
    ("证监", ("securities",)),
    ("保监", ("insurance",)),
    ("银监", ("banking",)),
    ("外汇", ("foreign_exchange",)),
    ("财政", ("finance",)),
    ("统计", ("statistics",)),
    ("审计", ("audit",)),
    ("海关", ("customs",)),
    ("质检", ("quality", "inspection")),
    ("食品安全", ("food",)),
    ("卫生计生", ("health", "family_planning")),
    ("教育", ("education",)),
    ("文化", ("culture",)),
    ("专利", ("patents",)),
    ("商标", ("trademarks",)),
    ("版权", ("copyright",)),
    ("旅游", ("tourism",)),
    ("新闻出版广电", ("press",)),
    ("发展改革", ("development",)),
    ("科技", ("science",)),
)
BEFORE_2015: dict[str, tuple[Row, ...]] = {
    "城乡规划": (("城市规划", ("planning",)),),
    "房屋征补（拆迁）": (("房屋拆迁", ("expropriation", "housing")),),
    "不动产登记": (("房屋登记", ("real_estate",)),),
    "质检": (("质监", ("quality",)), ("商检", ("inspection",))),
    "交通运输": (("交通", ("transport",)),),
    "食品安全": (("药监", ("food",)),),
    "卫生计生": (("卫生", ("health",)), ("计划生育", ("family_planning",))),
    **dict.fromkeys(("安监", "新闻出版广电", "发展改革", "科技"), ()),
}
WIDER: dict[str, tuple[str, ...]] = {
    "natural_resources": ("land", "mining", "forestry", "planning", "real_estate"),
    "housing": ("expropriation",),
    "market": ("industry_commerce", "pricing", "quality", "inspection", "food", "patents", "trademarks"),
    "health": ("family_planning",),
    "culture": ("copyright", "tourism", "press"),
    "development": ("energy",),
    "industry": ("science",),
}
IN_PRACTICE: tuple[Row, ...] = (
    *((choice.label, (choice.code, *WIDER.get(choice.code, ()))) for choice in DEPARTMENTS),
    ("邮政", ("post",)),
    ("金融监管", ("central_bank", "securities", "insurance", "banking", "foreign_exchange")),
)
COARSE = ("natural_resources", "housing", "market", "health", "culture", "development", "industry")

LISTS = (
    ManagementList(
        "of_2007",
        "2007年统计制度（44类）",
        date(2007, 12, 10),
        date(2014, 12, 31),
        True,
        rows(renamed(NAMED_IN_2015, BEFORE_2015)),
        COARSE,
    ),
    ManagementList(
        "of_2015",
        "2015年修订的统计制度（46类）",
        date(2015, 1, 1),
        date(2018, 12, 31),
        True,
        rows(NAMED_IN_2015),
        COARSE,
    ),
    ManagementList("of_2018", "机构改革后的通行分类", date(2019, 1, 1), date.max, False, rows(IN_PRACTICE)),
)
LIST_NAMED = {each.code: each for each in LISTS}


def list_on(day: date) -> ManagementList:
    """The list of a day; before there was any, the first."""
    return next((each for each in reversed(LISTS) if each.since <= day), LISTS[0])
