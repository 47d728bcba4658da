"""What of a person's data may be shown without a stated purpose."""

import re

ERASED = "已依法删除"
"""What stands in place of personal data that were erased; nothing in it is to be masked."""
SHORTEST_BODY = 4
BODIES = (
    *("政府", "委员会", "管委会", "居委会", "村委会", "办事处", "机关", "法院", "检察院", "公安局", "派出所", "司法所"),
    *(
        "司法局",
        "监督管理局",
        "管理局",
        "税务局",
        "教育局",
        "民政局",
        "财政局",
        "资源局",
        "保障局",
        "生态环境局",
        "执法局",
    ),
    *(
        "公司",
        "集团",
        "合作社",
        "医院",
        "卫生院",
        "学校",
        "中学",
        "小学",
        "幼儿园",
        "大学",
        "学院",
        "银行",
        "协会",
        "研究院",
    ),
)
"""How names of bodies end. A trader's shop is not among them: such names often hold the trader's own."""
LONG_NUMBER = re.compile(r"\d{10,}[\dXx]|0\d{2,3}-\d{7,8}")  # a telephone, an identity or account number


def is_body(name: str) -> bool:
    """Whether a name is an organ's, a company's or another body's, and so nobody's personal data.

    By its ending, never by its length: names of people may be long, written with or without a dot.
    """
    return len(name) >= SHORTEST_BODY and name.endswith(BODIES)


def masked_name(name: str) -> str:
    """张*; a body keeps its name, which is public."""
    if is_body(name) or name == ERASED:
        return name
    return f"{name[0]}*" if name else ""


def masked_number(number: str) -> str:
    """138****1234 of a telephone or identity number; nothing of one too short to hide anything in."""
    if number == ERASED:
        return number
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return "****" if number else ""


def masked_address(address: str) -> str:
    """The division that an address begins with, without street and house."""
    if address == ERASED:
        return address
    return f"{address[:6]}****" if len(address) > 6 else "****" if address else ""


def masked_within(text: str) -> str:
    """A text in which numbers that may be somebody's are masked."""
    return LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****", text)
