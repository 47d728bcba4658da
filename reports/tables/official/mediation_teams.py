"""人民调解组织队伍情况统计表: committees and mediators of each kind of committee, as the registers stand on the day."""

from reports.tables.declaring import Column, Equality, Hidden, Line, OfficialTable, Sign, Sum, Words, count, where

TEAM, BY_TIME, BY_SEX, BY_EDUCATION = "人民调解员", "专职、兼职", "性别", "文化程度"


def people(key: str, headings: tuple[str, ...]) -> Column:
    return Column(key, headings, count(f"organization.{key}"), "名")


MEDIATION_TEAMS = OfficialTable(
    name="mediation_teams",
    title="人民调解组织队伍情况统计表",
    subject="mediation",
    stub="调委会类型",
    form="栏目按人民调解组织、队伍报表的通行内容设置；司法部现行表式没有查到，经费保障各栏名册没有登记",
    columns=(
        Column("committees", ("人民调解委员会",), count("organization.mediation_committees"), "个"),
        people("mediators", (TEAM, "总数")),
        people("mediators_full_time", (TEAM, BY_TIME, "专职")),
        people("mediators_part_time", (TEAM, BY_TIME, "兼职")),
        people("mediators_male", (TEAM, BY_SEX, "男")),
        people("mediators_female", (TEAM, BY_SEX, "女")),
        people("mediators_of_college", (TEAM, BY_EDUCATION, "大专以上")),
        people("mediators_of_high_school", (TEAM, BY_EDUCATION, "高中中专")),
        Column(
            "sum_by_time",
            ("校验", "专兼职小计"),
            Sum(("mediators_full_time", "mediators_part_time")),
            "名",
            hidden=Hidden.ALWAYS,
        ),
        Column("remark", ("备注",), Words(), "", said="本行还包括哪些调委会。"),
    ),
    lines=(
        Line("合计"),
        Line("村", where(committee_kind="village")),
        Line("居（社区）", where(committee_kind="community")),
        Line("乡镇", where(committee_kind="township"), "名册未分乡镇和街道、统称“乡镇街道”的计入此行。"),
        Line("街道", where(committee_kind="subdistrict")),
        Line("企事业单位", where(committee_kind="enterprise")),
        Line(
            "社会团体和其他组织",
            where(committee_kind=("social", "professional", "county_centre", "unspecified")),
            "行业性、专业性调委会，县级调解中心和没有登记类型的计入此行。",
        ),
        Line("其中：行业性专业性", where(committee_kind="professional"), "已计入上一行。", within=True),
    ),
    equalities=(
        Equality("专兼", "总数＝专职＋兼职", ("mediators",), ("sum_by_time",)),
        Equality(
            "性别",
            "男＋女≤总数（名册未填的不计）",
            ("mediators_male", "mediators_female"),
            ("mediators",),
            Sign.AT_MOST,
        ),
        Equality(
            "学历",
            "大专以上＋高中中专≤总数（其余为初中以下和未填）",
            ("mediators_of_college", "mediators_of_high_school"),
            ("mediators",),
            Sign.AT_MOST,
        ),
    ),
    remarks=("按统计截止日存续的组织和在任的调解员统计，不按期间累计。",),
)
