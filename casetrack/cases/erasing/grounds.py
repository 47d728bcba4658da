"""On which grounds personal data may be erased, and what stands in the way: asked with the wish, and with the deed.

The grounds are those of the personal information protection act (个人信息保护法), article 47, first paragraph; its
second has data whose period is not over stored and protected, and otherwise left alone.
"""

import re
from datetime import date

from casetrack.cases.models import Case, Erasure, Party
from casetrack.kinds.refusals import Refused
from casetrack.kinds.retention import Retentions
from casetrack.lib.masking import ERASED, is_body

Ground = Erasure.Ground
ARTICLES = {
    Ground.RETENTION: "个人信息保护法第四十七条第一款第一项、第二项",
    Ground.WRONG_PERSON: "个人信息保护法第四十六条、第四十七条第一款第四项",
    Ground.UNLAWFUL: "个人信息保护法第四十七条第一款第四项",
    Ground.ORDERED: "个人信息保护法第四十七条第一款第五项",
}
KEPT_MEANWHILE = (
    "依个人信息保护法第四十七条第二款，保存期限未届满的，应当停止除存储和采取必要的安全保护措施之外的处理，而不删除"
)
LONGEST_REASON, SHORTEST_REASON = 500, 5
LONG_NUMBER = re.compile(r"\d{7,}")
NAME_LEAST = 2


class ErasureRefused(Refused):
    """The personal data can't be erased so; the message says why, and what can be done."""

    code = "erasure_refused"


def refuse_unlawful(*, case: Case, party: Party | None, ground: str, today: date, retentions: Retentions) -> None:
    """Raises ErasureRefused while the law has the data kept, or has nothing to erase."""
    if ground not in Ground.values:
        raise ErasureRefused(f"请选择法定事由：{'、'.join(label for _, label in Ground.choices)}")
    if case.erased_at is not None:
        raise ErasureRefused(f"案件{case.number}的个人信息已经依法删除")
    if party is not None and party.name == ERASED:
        raise ErasureRefused("这名当事人的个人信息已经依法删除")
    if ground == Ground.WRONG_PERSON and party is None:
        raise ErasureRefused(
            "误录了与本案无关的人，只能删除那一名当事人的个人信息，请选择当事人；误录了整个案件的，请先更正或撤销有关步骤"
        )
    if party is None and (case.closed_on is None or not is_closed(case)):
        raise ErasureRefused(
            f"案件{case.number}尚未办结，不能删除全案的个人信息；请先办结，或只删除误录的当事人。{KEPT_MEANWHILE}"
        )
    if ground == Ground.RETENTION:
        refuse_early(case, today, retentions)


def is_closed(case: Case) -> bool:
    return not case.state or not case.declared.state_named[case.state].open


def refuse_early(case: Case, today: date, retentions: Retentions) -> None:
    retention = retentions.of(case.kind, case.region_code)
    ended = retention.ended_on(case.closed_on) if case.closed_on else None
    if ended is None:
        raise ErasureRefused(
            f"{case.declared.label}案件的保管期限为{retention.label}，没有届满之时，不能以期限届满为由删除。"
            f"本机关的保管期限表另有规定的，请管理员先行配置（CASETRACK_RETENTION）。{KEPT_MEANWHILE}"
        )
    if today < ended:
        raise ErasureRefused(
            f"案件{case.number}于{case.closed_on}办结，保管期限{retention.label}，至{ended}届满，尚不能删除。{KEPT_MEANWHILE}"
        )


def checked_reason(reason: str, case: Case) -> str:
    """The words, which stay for good. Raises ErasureRefused where they are none, or say whose data are to go."""
    words = reason.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise ErasureRefused(f"请说明删除的理由和依据（如决定的文号），{SHORTEST_REASON}至{LONGEST_REASON}字")
    names = [name for name in case.parties.values_list("name", flat=True) if is_persons(name)]
    if LONG_NUMBER.search(words) or any(name in words for name in names):
        raise ErasureRefused("理由会长期保存，请不要写当事人的姓名、电话或证件号码")
    return words


def is_persons(name: str) -> bool:
    return len(name) >= NAME_LEAST and name != ERASED and not is_body(name)
