"""Whose name may be read by those who state no purpose."""

import pytest

from casetrack.lib.masking import masked_name


@pytest.mark.parametrize(
    "name",
    ["秦安县人民政府", "秦安县市场监督管理局", "甘肃陇原建筑工程有限公司", "兴国镇中心小学", "北街社区居民委员会"],
)
def test_the_name_of_a_body_is_public(name: str) -> None:
    assert masked_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("欧阳建国", "欧*"),
        ("阿卜杜热合曼·买买提", "阿*"),
        ("买买提艾力江", "买*"),  # people write such names without their dot
        ("王公司", "王*"),
        ("张小学", "张*"),
        ("李记小吃店", "李*"),  # a trader's shop holds the trader's name
        ("", ""),
    ],
)
def test_the_name_of_a_person_is_not(name: str, shown: str) -> None:
    assert masked_name(name) == shown
