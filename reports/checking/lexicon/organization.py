"""The network of mediation: committees, mediators, their training."""

from reports.checking.lexicon.base import BODIES, PERSONS, SESSIONS, Said, Subject, Value
from reports.checking.units import Sort

KINDS_OF_COMMITTEE = (
    ("township", ("乡镇", "镇调委会", "乡调委会", "乡镇街道", "乡镇(街道)", "镇(街道)", "镇级", "乡级", "乡(镇)")),
    ("subdistrict", ("街道调委会", "街道人民调解委员会")),
    ("village", ("村调委会", "村级", "村人民调解委员会", "村委会", "嘎查", "行政村", "村")),
    ("community", ("社区", "居委会", "居调委会", "社区调委会")),
    ("enterprise", ("企事业", "企业", "企事业单位")),
    ("social", ("社会团体", "社会组织", "商会")),
    ("professional", ("专业性", "行业性", "行业性专业性", "专业性、行业性", "行业性、专业性", "行业专业", "行专")),
    ("county_centre", ("县调解中心", "区调解中心", "市调解中心", "县级调解中心", "县级", "区级")),
)

HEADS = frozenset({Sort.PERSONS})

ORGANIZATION = Subject(
    "organization",
    names=(
        *(
            "人民调解委员会",
            "调委会",
            "调解委员会",
            "调解组织",
            "人民调解组织",
            "人民调解员",
            "调解员",
            "调解人员",
            "调解室",
            "调解工作室",
            "调解中心",
        ),
        *(
            "调解小组",
            "诉调对接工作室",
            "诉调对接中心",
            "调处中心",
            "矛调中心",
            "调处化解中心",
            "专职人民调解员",
            "调解工作站",
            "人民调解室",
            "调解队伍",
            "调解骨干",
        ),
    ),
    hints=("专职", "兼职"),
    usual={Sort.BODIES: "mediation_committees", Sort.PERSONS: "mediators"},
    said=(
        Said(
            "mediation_committees",
            ("人民调解委员会", "调委会", "调解组织", "调解委员会", "人民调解组织", "调解中心"),
            BODIES,
        ),
        Said(
            "",
            (
                "调处中心",
                "矛调中心",
                "调处化解中心",
                "调解室",
                "调解工作室",
                "个人调解工作室",
                "调解小组",
                "工作室",
                "调解工作站",
            ),
            BODIES,
        ),
        Said(
            "mediators",
            ("人民调解员", "人民调解员", "调解员", "调解人员", "专兼职调解员", "专兼职人民调解员", "专(兼)职调解员"),
            HEADS,
        ),
        Said("mediators_full_time", ("专职人民调解员", "专职调解员", "专职"), HEADS),
        Said("mediators_part_time", ("兼职人民调解员", "兼职调解员", "兼职"), HEADS),
        Said("mediators_male", ("男性", "男"), HEADS),
        Said("mediators_female", ("女性", "女"), HEADS),
        Said("mediators_of_college", ("大专以上", "大专及以上"), HEADS),
        Said("mediators_of_high_school", ("高中", "中专学历", "高中中专"), HEADS),
    ),
    values=tuple(Value("committee_kind", code, words) for code, words in KINDS_OF_COMMITTEE),
)

TRAINING = Subject(
    "training",
    names=(
        *(
            "调解员培训班",
            "调解员培训",
            "人民调解员培训",
            "培训调解员",
            "培训人民调解员",
            "调解员业务培训",
            "人民调解员业务培训班",
        ),
        *(
            "调解员业务培训班",
            "调解员集中培训",
            "人民调解培训",
            "人民调解业务培训",
            "调解业务培训",
            "调解员培训会",
            "调解员轮训",
        ),
    ),
    hints=("培训班", "培训", "参训", "轮训", "集训"),
    usual={
        Sort.TIMES: "sessions",
        Sort.BODIES: "sessions",
        Sort.PERSONS: "attendance",
        Sort.ATTENDANCE: "attendance",
    },
    said=(
        Said("sessions", ("培训班", "培训", "集中培训", "业务培训", "轮训", "培训会"), SESSIONS),
        Said("attendance", ("培训", "参训", "培训调解员", "轮训", "参加培训", "培训人民调解员"), PERSONS),
    ),
)
