"""The registers (名册) beside the ledgers: committees, mediators, trainings, reported figures, in offices' words."""

from dataclasses import dataclass

from casetrack.kinds.base import Choice, Column
from casetrack.organizations.choices import CommitteeKind, Sex

COMMITTEE_WORDS: dict[str, tuple[str, ...]] = {
    CommitteeKind.TOWNSHIP: ("乡镇", "乡镇调委会", "乡镇（街道）", "乡镇街道调委会", "乡镇、街道"),
    CommitteeKind.SUBDISTRICT: ("街道调委会", "街道办", "街道办事处"),
    CommitteeKind.VILLAGE: ("村调委会", "行政村", "村委会", "村级"),
    CommitteeKind.COMMUNITY: ("社区调委会", "居委会", "社区居委会"),
    CommitteeKind.ENTERPRISE: ("企业", "企事业", "企业事业单位", "企事业单位调委会"),
    CommitteeKind.SOCIAL: ("社会团体", "社会组织", "其他组织", "其他", "其它", "区域性"),
    CommitteeKind.PROFESSIONAL: ("行业性", "专业性", "行业性、专业性", "行专", "行业专业", "行业调委会"),
    CommitteeKind.COUNTY_CENTRE: ("县级调解中心", "调解中心", "县级中心", "矛盾纠纷调解中心", "县级"),
}
COMMITTEE_KINDS = tuple(Choice(kind.value, kind.label, COMMITTEE_WORDS[kind]) for kind in CommitteeKind)
SEXES = (Choice(Sex.MALE, "男", ("男性", "M")), Choice(Sex.FEMALE, "女", ("女性", "F")))
FULL_TIME = (Choice("yes", "专职", ("专", "是")), Choice("no", "兼职", ("兼", "否")))


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its columns, how it is recognised, and its place in the order of import."""

    code: str
    title: str
    columns: tuple[Column, ...]
    recognised_by: tuple[str, ...]


ORGANIZATIONS = Register(
    "organizations",
    "人民调解组织名册",
    (
        Column(
            "name",
            ("调解组织名称", "调解组织", "调委会名称", "人民调解委员会名称", "组织名称", "机构名称", "名称"),
            required=True,
        ),
        Column(
            "committee_kind", ("类型", "调委会类型", "组织类型", "调解组织类型"), required=True, choices=COMMITTEE_KINDS
        ),
        Column("region_code", ("区划代码", "行政区划代码", "行政区划", "地区代码"), required=True),
        Column("active_from_on", ("成立日期", "设立日期", "成立时间", "设立时间", "组建日期")),
        Column("moved_on", ("迁移日期", "划转日期", "区划调整日期", "隶属调整日期")),
    ),
    ("name", "committee_kind", "region_code"),
)
MEDIATORS = Register(
    "mediators",
    "人民调解员名册",
    (
        Column("name", ("姓名", "调解员姓名", "人民调解员", "调解员"), required=True),
        Column(
            "organization_name",
            ("所属调解组织", "调解组织", "所属调委会", "调委会", "调解组织名称", "所在调委会", "所属单位"),
            required=True,
        ),
        Column("sex", ("性别",), choices=SEXES),
        Column(
            "full_time", ("专兼职", "专职兼职", "专职/兼职", "专(兼)职", "是否专职", "专职或兼职"), choices=FULL_TIME
        ),
        Column("education", ("文化程度", "学历", "学历层次")),
        Column("phone", ("联系电话", "电话", "手机", "手机号码", "联系方式")),
    ),
    ("name", "organization_name", "full_time"),
)
TRAININGS = Register(
    "trainings",
    "人民调解员培训台账",
    (
        Column("held_on", ("培训日期", "培训时间", "举办日期", "举办时间"), required=True),
        Column("name", ("培训名称", "培训内容", "培训班名称", "培训主题"), required=True),
        Column("attendance", ("参加人次", "参训人次", "参加人数", "参训人数", "培训人次", "培训人数"), required=True),
        Column("organizer", ("举办单位", "主办单位", "组织单位")),
    ),
    ("held_on", "name", "attendance"),
)
REPORTED = Register(
    "reported",
    "报送数字台账",
    (
        Column("period", ("月份", "报送月份", "所属月份", "报送期", "报送期间", "统计月份"), required=True),
        Column("measure", ("指标", "指标名称", "报送指标", "统计指标"), required=True),
        Column("value", ("数值", "报送数", "报送数值", "指标值"), required=True),
        Column("unit", ("单位", "计量单位")),
        Column("source", ("来源", "数据来源", "资料来源"), required=True),
        Column("body", ("报送单位", "填报单位", "报送机构", "填报机构")),
        Column("scope", ("统计范围", "范围", "口径范围")),
        Column("evidence", ("依据", "佐证", "佐证材料", "凭据")),
        Column("reason", ("更正原因", "更正理由")),
    ),
    ("period", "measure", "value"),
)
REGISTERS = (ORGANIZATIONS, MEDIATORS, TRAININGS, REPORTED)
