"""Numbers in every form that reports write them, and those that claim nothing."""

import time

import pytest

from reports.checking.checker import check


def read(text: str) -> list[tuple[float, str, str]]:
    return [(float(claim.value), claim.unit, str(claim.nearness)) for claim in check(text).claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("调解纠纷1,814件", [(1814, "件", "exact")]),
        ("调解纠纷１２８６件", [(1286, "件", "exact")]),
        ("接待来访 310 件", [(310, "件", "exact")]),
        ("调解纠纷三十余件", [(30, "件", "over")]),
        ("办结率百分之九十八点五", [(98.5, "%", "exact")]),
        ("协议金额1015.15万元", [(1015.15, "万元", "exact")]),
        ("协议金额2015.15万元", [(2015.15, "万元", "exact")]),
        ("协议金额2.36亿元", [(2.36, "亿元", "exact")]),
        ("发放资料4.1万余份", [(41000, "份", "over")]),
        ("咨询800余人（次）", [(800, "人次", "over")]),
        ("调解纠纷近500件", [(500, "件", "under")]),
        ("调解纠纷约500件", [(500, "件", "about")]),
        ("满意率98%以上", [(98, "%", "over")]),
        ("赴省访下降近两成", [(20, "%", "under")]),
        ("参加庭审515次2863人", [(515, "次", "exact"), (2863, "人", "exact")]),
        ("提高2.3个百分点", [(2.3, "个百分点", "exact")]),
        ("受理信访事项12件，3件正在办理", [(12, "件", "exact"), (3, "件", "exact")]),
        ("来信、来访和网信分别为12、30和5件", [(12, "件", "exact"), (30, "件", "exact"), (5, "件", "exact")]),
        ("成功率达九成四，满意率达九成", [(94, "%", "exact"), (90, "%", "about")]),
        ("平均办理天数12.5天", [(12.5, "天", "exact")]),
        ("化解近千件，排查上百件，调解四十来件", [(1000, "件", "under"), (100, "件", "over"), (40, "件", "over")]),
        ("办结率百分之百，追回三千零八十二万元", [(100, "%", "exact"), (3082, "万元", "exact")]),
        ("受理（件）56｜协议金额（万元）318.7", [(56, "件", "exact"), (318.7, "万元", "exact")]),
        ("比2022年的365件多47件，证据不足61件", [(365, "件", "exact"), (47, "件", "exact"), (61, "件", "exact")]),
    ],
)
def test_a_number_is_read_with_its_unit_and_nearness(text: str, claims: list[tuple[float, str, str]]) -> None:
    assert read(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "2019年9月15日，市政府第12次常务会议",
        "《关于办好10件民生实事的意见》（市政发〔2021〕18号）",
        "根据《信访工作条例》第三十四条，60日内办结，可以延长30日",
        "联系电话0991-2345678，手机13900001111",
        "（一）健全制度。1.完善机制。2、强化保障",
        "打造“3521”模式，落实“四个一”要求，与群众一起化解矛盾",
        "两个维护、三级网络、一把手、每一件、任何一起",
        "“十四五”时期，2021—2025年，15分钟服务圈，7×24小时",
    ],
)
def test_days_orders_documents_and_turns_of_speech_claim_nothing(text: str) -> None:
    assert read(text) == []


def test_offsets_are_into_the_text_as_given_whatever_its_script() -> None:
    text = "  今年以來，在縣委、縣政府領導下，縣信訪局接待來訪\n 310 件，辦結２９４件。"

    claims = check(text).claims

    assert [text[claim.start : claim.end] for claim in claims] == ["310 件", "２９４件"]
    assert [claim.quote for claim in claims] == ["310 件", "２９４件"]
    assert [(claim.subject, claim.measure) for claim in claims] == [("petition", "received"), ("petition", "closed")]


def test_a_number_that_is_wrapped_is_one_and_numbers_that_are_spaced_are_two() -> None:
    wrapped = (
        "今年以来，全县各级人民调解组织共受理各类矛盾纠纷，调解成功1\r\n845件，成功率持续保持在较高水平，达到9\n9%。"
    )
    spaced = "调解成功率 2021 98% 2022 99%"

    assert read(wrapped) == [(1845, "件", "exact"), (99, "%", "exact")]
    assert read(spaced) == [(98, "%", "exact"), (99, "%", "exact")]


@pytest.mark.parametrize("text", ["1" * 50_000, "1件" * 5_000, "全部" * 25_000, "办结率9%，" * 3_000, "《" * 50_000])
def test_hostile_text_is_read_in_time(text: str) -> None:
    began = time.process_time()

    check(text)

    assert time.process_time() - began < 3
