"""Numbers, changes and places as such reports say them."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from casetrack.organizations.models import Region
from casetrack.organizations.reported.choices import Qualifier
from casetrack.stats.comparing import POINTS, Comparison
from casetrack.stats.figures import SAID
from reports.books.wording import chinese_day

Number = int | Decimal
KINDS_OF_PLACES = frozenset("省市州盟区县旗镇乡村")
OTHERWISE = "辖区"


def plain(value: Number, decimals: int) -> str:
    """Rounded half up, without noughts behind the point: 98.1, 100, 1015.15."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cut(value: Number, decimals: int) -> str:
    """The same without rounding, as some offices publish rates."""
    text = f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Number, decimals: int, unit: str, qualifier: Qualifier = Qualifier.EXACT) -> str:
    """63件, 98.1%, 98%以上."""
    return SAID[qualifier].format(f"{plain(value, decimals)}{unit}")


def change(found: Comparison, label: str) -> str | None:
    """同比增长12.5%, 环比下降3件, 同比提高1.2个百分点; None where there is nothing to compare with."""
    if not found.comparable or found.change is None:
        return None
    of_shares = found.unit == POINTS
    by: Number | None = found.change if of_shares else found.per_cent
    rounded = plain(abs(Decimal(by or 0)), 1)
    if rounded == "0":
        return f"{label}基本持平" if found.change else f"{label}持平"
    upwards, unit = ("提高", "个百分点") if of_shares else ("增长", "%")
    return f"{label}{upwards if found.change > 0 else '下降'}{rounded}{unit}"


def words_of(region: Region, first: date, last: date, as_of: date, name: str) -> Mapping[str, str]:
    """What the words of a template stand for; `name` is that of the period."""
    kind = region.name[-1:] if region.name[-1:] in KINDS_OF_PLACES else OTHERWISE
    return {
        "place": region.name,
        "whole": f"全{kind}",
        "own": f"我{kind}" if kind != OTHERWISE else "本辖区",
        "year": str(first.year),
        "period": name,
        "as_of": chinese_day(as_of),
    }
