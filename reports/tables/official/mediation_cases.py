"""人民调解案件情况统计表: who mediated, whence cases came, what they were about, how they ended, what was prevented."""

from reports.tables.declaring import (
    Column,
    Count,
    Equality,
    Hidden,
    OfficialTable,
    Part,
    Sign,
    Sum,
    count,
    unfilled,
    where,
)

MEDIATED = "mediation.mediated"
UNSAID = "unspecified"
FOUND = "调解情况"
BODIES, SOURCES, TYPES, FORMS = "不同主体调解情况", "案件来源", "案件分类情况", "协议形式与履行"
HANDED, PREVENTION = "接受委托移送调解", "排查预防纠纷"

COMMITTEES = {
    "village": ("村调委会", ("village",), ""),
    "community": ("居调委会", ("community",), ""),
    "township": ("乡镇调委会", ("township",), "名册未分乡镇和街道、统称“乡镇街道”的计入此栏。"),
    "subdistrict": ("街道调委会", ("subdistrict",), ""),
    "enterprise": ("企事业单位调委会", ("enterprise",), ""),
    "social": (
        "社会团体和其他组织调委会",
        ("social", "professional", "county_centre"),
        "行业性、专业性调委会和县级调解中心计入此栏。",
    ),
}
SENDERS = {
    "court": ("法院", "court"),
    "procuratorate": ("检察院", "procuratorate"),
    "police": ("公安机关", "police"),
    "petition": ("信访部门", "petition"),
    "other_department": ("其他部门", "other_department"),
}
PLAIN_TYPES = {
    "marriage_family": ("婚姻家庭纠纷", ("marriage_family", "inheritance"), "继承纠纷计入此栏。"),
    "neighbour": ("邻里纠纷", ("neighbour",), ""),
    "house_homestead": ("房屋宅基地纠纷", ("house_homestead",), ""),
    "contract": ("合同纠纷", ("contract",), ""),
    "production_business": ("生产经营纠纷", ("production_business",), ""),
    "damages": ("损害赔偿纠纷", ("damages",), ""),
    "forest_land": ("山林土地纠纷", ("forest_land",), ""),
    "land_taking": ("征地拆迁纠纷", ("land_taking",), ""),
    "pollution": ("环境污染纠纷", ("pollution",), ""),
}
LABOUR = {"migrant_wages": "拖欠农民工工资纠纷", "labour": "其他劳动争议纠纷"}
CONSUMER = {"tourism": "旅游纠纷", "e_commerce": "电子商务纠纷", "consumer": "其他消费纠纷"}
LAST_TYPES = {
    "medical": ("医疗纠纷", ("medical",), ""),
    "traffic": ("道路交通事故纠纷", ("traffic",), ""),
    "property_management": ("物业纠纷", ("property_management",), ""),
    "other": ("其他纠纷", ("other", UNSAID), "没有登记类型的计入此栏。"),
}
PREVENTED = {
    "suicides": "防止民间纠纷引起自杀",
    "crimes": "防止民间纠纷转化为刑事案件",
    "group_petitions": "防止群体性上访",
    "group_fights": "防止群体性械斗",
}


def types(declared: dict[str, tuple[str, tuple[str, ...], str]]) -> tuple[Column, ...]:
    return tuple(
        Column(key, (TYPES, label), count(MEDIATED, where(category=values)), said=said)
        for key, (label, values, said) in declared.items()
    )


def leaves(key: str, label: str, declared: dict[str, str]) -> tuple[Column, ...]:
    """A type with its leaves, the whole counted for itself."""
    whole = Column(key, (TYPES, label, "小计"), count(MEDIATED, where(category=tuple(declared))))
    return (
        whole,
        *(
            Column(f"{key}_{leaf}", (TYPES, label, name), count(MEDIATED, where(category=leaf)))
            for leaf, name in declared.items()
        ),
    )


def reported(measure: str, headings: tuple[str, ...], unit: str) -> Column:
    return Column(measure, headings, Count((Part(f"mediation.{measure}"),)), unit)


RESULT = (
    Column("total", (FOUND, "调解案件总数"), count(MEDIATED)),
    Column("persons", (FOUND, "涉及当事人数"), count("mediation.mediated_persons"), "人"),
    Column("succeeded", (FOUND, "调解成功"), count("mediation.succeeded")),
    Column("difficult", (FOUND, "疑难复杂案件"), count(MEDIATED, where(difficult="yes"))),
    Column("amount", (FOUND, "协议涉及金额"), count("mediation.agreement_amount"), "万元"),
)
BY_BODY = (
    *(
        Column(f"by_{key}", (BODIES, label), count(MEDIATED, where(committee_kind=kinds)), said=said)
        for key, (label, kinds, said) in COMMITTEES.items()
    ),
    unfilled("by_unknown", (BODIES,), count(MEDIATED, where(committee_kind=UNSAID))),
)
BY_SOURCE = (
    Column("active", (SOURCES, "主动调解"), count(MEDIATED, where(source="active"))),
    Column("application", (SOURCES, "依申请调解"), count(MEDIATED, where(source="application"))),
    Column("handed", (SOURCES, HANDED, "小计"), count(MEDIATED, where(source=tuple(SENDERS)))),
    *(
        Column(f"from_{key}", (SOURCES, HANDED, label), count(MEDIATED, where(source=source)))
        for key, (label, source) in SENDERS.items()
    ),
    unfilled("source_unknown", (SOURCES,), count(MEDIATED, where(source=UNSAID))),
)
BY_TYPE = (
    *types(PLAIN_TYPES),
    *leaves("labour", "劳动争议纠纷", LABOUR),
    *leaves("consumer", "消费纠纷", CONSUMER),
    *types(LAST_TYPES),
)
ENDED = (
    Column("oral", (FORMS, "口头协议"), count("mediation.succeeded", where(agreement="oral"))),
    Column("written", (FORMS, "书面协议"), count("mediation.succeeded", where(agreement="written"))),
    Column("performed", (FORMS, "履行"), count("mediation.performed"), said="履行的协议可以是以前各期达成的。"),
    Column(
        "confirmed",
        (FORMS, "司法确认"),
        count("mediation.judicially_confirmed"),
        said="司法确认的协议可以是以前各期达成的。",
    ),
)
PREVENTIVE = (
    reported("sweeps", (PREVENTION, "排查纠纷", "次"), "次"),
    reported("disputes_prevented", (PREVENTION, "预防纠纷", "件"), "件"),
    *(
        reported(f"{key}_prevented{suffix}", (PREVENTION, label, unit), unit)
        for key, label in PREVENTED.items()
        for suffix, unit in (("", "件"), ("_persons", "人"))
    ),
)
BODY_KEYS = tuple(column.key for column in BY_BODY)
FIFTEEN = (*PLAIN_TYPES, "labour", "consumer", *LAST_TYPES)
SUBTOTALS = (
    Column("sum_of_bodies", ("校验", "主体小计"), Sum(BODY_KEYS), hidden=Hidden.ALWAYS),
    Column("sum_of_types", ("校验", "分类小计"), Sum(FIFTEEN), hidden=Hidden.ALWAYS),
    Column("agreements", ("校验", "协议小计"), Sum(("oral", "written")), hidden=Hidden.ALWAYS),
)

MEDIATION_CASES = OfficialTable(
    name="mediation_cases",
    title="人民调解案件情况统计表",
    subject="mediation",
    stub="填报单位",
    form="栏目按2015年至2017年地方系统所用的司法部统计表；现行版本没有查到",
    columns=(*RESULT, *BY_BODY, *BY_SOURCE, *BY_TYPE, *ENDED, *PREVENTIVE, *SUBTOTALS),
    equalities=(
        Equality("(1)", "调解案件总数＝各类调委会之和", ("total",), ("sum_of_bodies",)),
        Equality(
            "(2)",
            "调解案件总数＝主动＋依申请＋接受委托移送（＋未填）",
            ("total",),
            ("active", "application", "handed", "source_unknown"),
        ),
        Equality(
            "(3)",
            "接受委托移送＝法院＋检察院＋公安＋信访＋其他",
            ("handed",),
            tuple(f"from_{key}" for key in SENDERS),
        ),
        Equality("(4)", "调解案件总数＝15类纠纷之和", ("total",), ("sum_of_types",)),
        Equality("(5)", "劳动争议＝拖欠农民工工资＋其他", ("labour",), ("labour_migrant_wages", "labour_labour")),
        Equality(
            "(6)",
            "消费纠纷＝旅游＋电子商务＋其他",
            ("consumer",),
            ("consumer_tourism", "consumer_e_commerce", "consumer_consumer"),
        ),
        Equality("(7)", "口头协议＋书面协议＝调解成功", ("agreements",), ("succeeded",)),
        Equality("(8)", "疑难复杂案件≤调解案件总数", ("difficult",), ("total",), Sign.AT_MOST),
    ),
    remarks=(
        "(9) 上级数字＝下级上报总计＋本级上报总计。机构在统计期内变更区划的，案件计入当时所在的地区。",
        "排查预防纠纷各栏没有案件记录，由各单位按期报送；没有报送的显示“未报”，不等于零。",
    ),
    pages_wide=2,
)
