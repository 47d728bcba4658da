"""Each verdict on each relation, by sentences that call for it."""

from decimal import Decimal
from pathlib import Path

import pytest

from reports.checking.checker import check
from reports.checking.claims import RelationKind, Verdict


@pytest.mark.parametrize(
    ("text", "kind", "computed", "verdict"),
    [
        ("受理信访事项40件，办结38件，办结率95%。", "ratio", "95", "exact"),
        ("受理信访事项63件，办结57件，办结率90.5%。", "ratio", "90.476190", "rounded"),
        ("参加考试731人，通过602人，通过率82.3%。", "ratio", "82.352941", "truncated"),
        ("排查矛盾纠纷530余件，成功化解522件，化解率98%。", "ratio", "98.490566", "approximate"),
        ("受理信访事项63件，办结57件，办结率超过90%。", "ratio", "90.476190", "approximate"),
        ("受理信访事项63件，办结57件，办结率92%。", "ratio", "90.476190", "inconsistent"),
        ("办理应诉案件15件，其中行政13件、民事2件。", "sum", "15", "exact"),
        ("受理矛盾纠纷3件，调解成功1件，成功率50%。其中甲区2件、乙区2件。", "ratio", "33.333333", "inconsistent"),
        ("发放资料500余份，其中农村300份、社区205份。", "sum", "505", "approximate"),
        ("审理行政应诉案件15件，其中一审13件、二审4件。", "sum", "17", "inconsistent"),
        ("受理复议申请120件，同比增长20%，上年同期100件。", "change", "20", "exact"),
        ("收到行政复议申请73件，比去年的63件增长15.9%。", "change", "15.873016", "rounded"),
        ("收到行政复议申请73件，比去年的63件增长15.8%。", "change", "15.873016", "truncated"),
        ("收到行政复议申请356件，同比增加142件，增长66.4%。", "change", "66.355140", "rounded"),
        ("收到行政复议申请356件，同比增加142件，增长39.9%。", "change", "66.355140", "inconsistent"),
        ("专职调解员由去年的86名增至120名，增长40%。", "change", "39.534884", "rounded"),
        ("2022年调解纠纷365件。2023年调解412件，增长12.9%。", "change", "12.876712", "rounded"),
        ("9月受理纠纷40件，环比下降20%；8月份为50件。", "change", "20", "exact"),
        ("一季度受理45件，二季度受理60件。上半年合计105件。", "sum", "105", "exact"),
        ("发放补贴96.74万元、18.16万元，合计114.9万元。", "sum", "114.90", "exact"),
        ("协议金额860万元，其中交通事故纠纷协议金额520万元，占60.5%。", "ratio", "60.465116", "rounded"),
        ("调解员100名，其中专职20名、兼职70名，专职占比20%。", "ratio", "20", "exact"),
        ("出庭应诉率由94.3%提高到97.8%，提高4.5个百分点。", "change", "3.5", "inconsistent"),
    ],
)
def test_a_stated_figure_is_judged_by_what_follows_from_the_others(
    text: str, kind: str, computed: str, verdict: str
) -> None:
    relations = check(text).relations

    assert [(each.kind, each.computed, each.verdict) for each in relations] == [
        (RelationKind(kind), Decimal(computed), Verdict(verdict))
    ]


def test_what_is_left_of_a_total_is_checked_as_a_sum_and_as_a_difference() -> None:
    relations = check("交办信访件45件，已办结41件，尚有4件正在办理。").relations

    assert [(each.kind, each.numbers, each.stated) for each in relations] == [
        (RelationKind.SUM, (45, 41, 4), 45),
        (RelationKind.DIFFERENCE, (45, 41), 4),
    ]


@pytest.mark.parametrize(
    ("text", "ratios"),
    [
        (
            "新收行政复议申请200件。从申请事项看，行政处罚82件、信息公开64件、不作为40件，分别占41%、32%和20%。",
            [((82, 200), 41), ((64, 200), 32), ((40, 200), 20)],
        ),
        (
            "共调解矛盾纠纷200件。\n按纠纷类型分，邻里纠纷82件，占41%；物业纠纷64件，占32%。",
            [((82, 200), 41), ((64, 200), 32)],
        ),
        ("新收行政复议申请200件。从申请事项看，行政处罚82件、信息公开64件，分别占41%、64%。", [((82, 200), 41)]),
    ],
)
def test_each_share_is_of_its_own_part(text: str, ratios: list[tuple[tuple[int, int], int]]) -> None:
    relations = check(text).relations

    assert [(each.numbers, each.stated) for each in relations if each.kind is RelationKind.RATIO] == ratios


@pytest.mark.parametrize(
    "text",
    [
        "全年调解纠纷2100件，其中涉及土地的430件、涉及婚姻家庭的615件。",  # 其中 need not name all
        "办理行政诉讼案件12件，负责人出庭10件，出庭应诉率为93.3%。",  # not every case calls for the head
        "受理信访事项100件，上年结转10件，办结104件，办结率94.5%。",  # of what was carried over too
        "受理案件80件，办结60件。近三年办结率均保持在98%以上。",
        "举办培训3期，培训120人，合格率98%。",
    ],
)
def test_nothing_is_called_inconsistent_where_the_figures_need_not_agree(text: str) -> None:
    relations = check(text).relations

    assert [each for each in relations if each.verdict is Verdict.INCONSISTENT] == []


CONSISTENT = (Path(__file__).parent / "consistent.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", CONSISTENT)
def test_a_passage_that_can_be_true_is_not_called_inconsistent(text: str) -> None:
    relations = check(text).relations

    assert [each for each in relations if each.verdict is Verdict.INCONSISTENT] == []


@pytest.mark.parametrize(
    "text",
    [
        "受理群众来信63件，办结57件，6件正在办理中，办结率92.5%。",
        "全市调解组织共调解纠纷842件，成功826件，调解成功率为99.1%。",
        "全县受理法律援助案件99件，其中民事16件，刑事90件，鉴定3件。",
        "全县共有调委会100个，其中村调委会80个、镇调委会15个、社区调委会12个。",
        "受理信访件45件，已办结41件，尚有5件正在办理。",
        "共收到来信来访300件，其中来信100件，其余210件为来访。",
        "来信20件、来访30件、网信50件，合计110件。",
        "共受理案件200件，同比增加30件，增长25%（去年同期170件）。",
        "行政复议申请量由去年的80件下降到今年的60件，下降30%。",
        "共发生行政诉讼案件50件，其中一审30件，占70%。",
        "全年调解纠纷500件，其中邻里纠纷210件、婚姻家庭纠纷180件、劳动争议150件。",
        "受理复议案件120件，按涉及领域分：公安60件、市场监管40件、自然资源30件。",
        "2022年受理法律援助案件320件，2023年受理368件，增长20%。",
        "发出司法建议40份，收到回复36份，回复率85%。",
        "调解员300名，其中专职80名、兼职230名。",
        "年初结转信访件15件，新收85件，合计110件。",
    ],
)
def test_figures_that_cannot_fit_are_called_inconsistent(text: str) -> None:
    relations = check(text).relations

    assert Verdict.INCONSISTENT in {each.verdict for each in relations}
