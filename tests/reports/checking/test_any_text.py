"""Whatever a text holds, what is found in it stands where it is said to stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.checking.checker import check
from reports.checking.claims import Claim, Relation

PIECES = (
    *(
        "受理",
        "办结",
        "信访",
        "行政复议",
        "纠纷",
        "調解",
        "成功率",
        "办结率",
        "占",
        "其中",
        "其余",
        "合计",
        "分别为",
        "均为",
        "均",
    ),
    *(
        "全部",
        "持平",
        "同比增长",
        "下降",
        "比去年的",
        "由",
        "提高到",
        "个百分点",
        "件",
        "人次",
        "万元",
        "%",
        "％",
        "12",
        "１２",
        "1,814",
    ),
    *(
        "98.5",
        "三十",
        "百分之",
        "万",
        "余",
        "近",
        "以上",
        "，",
        "。",
        "、",
        "；",
        "（",
        "）",
        "《",
        "》",
        "\n",
        "\r\n",
        " ",
        "\u200b",
        "0",
    ),
    *(
        "第",
        "条",
        "2019年",
        "〔2021〕",
        "号",
        "é",
        "𠮷",
        "乾",
        "正在办理",
        "领导均出庭应诉",
        "维持",
        "驳回",
        "−",
        "A1",
        "“",
        "”",
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=()), max_size=40).map("".join))
def test_every_claim_and_relation_stands_in_the_text_as_given(text: str) -> None:
    checked = check(text)

    everything: list[Claim | Relation] = [*checked.claims, *checked.relations]
    for found in everything:
        assert 0 <= found.start < found.end <= len(text)
        assert found.quote == text[found.start : found.end]
    assert [claim.start for claim in checked.claims] == sorted(claim.start for claim in checked.claims)
    for relation in checked.relations:
        assert relation.stated == checked.claims[relation.claims[-1]].value or relation.kind == "sum"
        assert all(0 <= place < len(checked.claims) for place in relation.claims)
