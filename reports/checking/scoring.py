"""How well the checker reads labelled passages: what it finds, what of that is right, what it wrongly calls wrong."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reports.checking.checker import check
from reports.checking.claims import Claim, Relation, Verdict
from reports.checking.labelled import Expected, labelled
from reports.checking.lexicon import GENERAL


@dataclass(slots=True)
class Score:
    """Counts over passages; `claims` and `found` are of the subjects, general counts are scored as reported."""

    passages: int = 0
    claims: int = 0
    found: int = 0
    reported: int = 0
    right: int = 0
    right_subject: int = 0
    right_measure: int = 0
    relations: int = 0
    relations_found: int = 0
    right_verdict: int = 0
    false_inconsistent: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return share(self.found, self.claims)

    @property
    def precision(self) -> float:
        return share(self.right, self.reported)

    @property
    def subject_precision(self) -> float:
        return share(self.right_subject, self.reported)

    @property
    def relation_recall(self) -> float:
        return share(self.relations_found, self.relations)

    def lines(self) -> list[str]:
        """The score as it is printed."""
        return [
            f"找到的数字：{self.found}/{self.claims}（{self.recall:.1%}，应不低于90%）",
            f"数值和单位正确：{self.right}/{self.reported}（{self.precision:.1%}，应不低于95%）",
            f"归属事项正确：{self.right_subject}/{self.reported}（{self.subject_precision:.1%}，应不低于90%）",
            f"指标正确：{self.right_measure}/{self.reported}（{share(self.right_measure, self.reported):.1%}）",
            f"找到的勾稽关系：{self.relations_found}/{self.relations}（{self.relation_recall:.1%}，应不低于80%）",
            f"其中判断正确：{self.right_verdict}/{self.relations}",
            f"误报不一致：{self.false_inconsistent}（应为0）",
        ]


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def score(folder: Path) -> Score:
    """The score over all labelled files of a folder, or over one file."""
    total = Score()
    for path in [folder] if folder.is_file() else sorted(folder.glob("*.txt")):
        for expected in labelled(path.read_text(encoding="utf-8")):
            score_passage(expected, total)
    return total


def score_passage(passage: Expected, total: Score) -> None:
    total.passages += 1
    checked = check(passage.text)
    remark = total.remarks.append
    left = list(checked.claims)
    total.claims += sum(subject != GENERAL for subject, *_ in passage.claims)
    total.reported += len(left)
    for subject, measure, value, unit, approx in passage.claims:
        match = best([claim for claim in left if claim.value == value and claim.unit == unit], subject, measure)
        if match is None:
            remark(f"没有找到 {subject} {value}{unit}：{passage.text[:40]}")
            continue
        left.remove(match)
        total.found += subject != GENERAL
        total.right += 1
        same, measured = match.subject in subject.split("|"), (match.measure or "-") in measure.split("|")
        total.right_subject += same
        total.right_measure += same and measured
        if not same or match.approx != approx:
            remark(f"{value}{unit} 应为 {subject} {approx}，读作 {match.subject} {match.approx}：{passage.text[:40]}")
        elif not measured:
            remark(f"{value}{unit} 应为 {subject} {measure}，读作 {match.measure}：{passage.text[:40]}")
    for claim in left:
        remark(f"多出 {claim.subject} {claim.measure} {claim.value}{claim.unit}：{passage.text[:40]}")
    score_relations(passage, checked.relations, total)


def best(claims: list[Claim], subject: str, measure: str) -> Claim | None:
    """Of claims with the value, the one that comes nearest to the label, which may allow several."""
    subjects, measures = subject.split("|"), measure.split("|")
    return max(claims, key=lambda each: (each.subject in subjects, (each.measure or "-") in measures), default=None)


def score_relations(passage: Expected, found: tuple[Relation, ...], total: Score) -> None:
    total.relations += len(passage.relations)
    for kind, numbers, verdicts in passage.relations:
        matching = [str(each.verdict) for each in found if numbers_of(each) == sorted(set(numbers))]
        total.relations_found += bool(matching)
        right = any(verdict in verdicts for verdict in matching)
        total.right_verdict += right
        if not right:
            said = " ".join(str(number) for number in numbers)
            total.remarks.append(f"关系 {kind} {said} 应为 {verdicts}，读作 {matching}：{passage.text[:40]}")
    wrong = [sorted(set(numbers)) for _, numbers, verdicts in passage.relations if Verdict.INCONSISTENT in verdicts]
    for each in found:
        if each.verdict is Verdict.INCONSISTENT and numbers_of(each) not in wrong:
            total.false_inconsistent += 1
            total.remarks.append(f"误报不一致 {each.kind} {each.numbers} {each.stated}：{passage.text[:40]}")


def numbers_of(relation: Relation) -> list[Decimal | int]:
    """All the numbers a relation holds together, its kind aside: a sum and a difference say the same of them."""
    return sorted({*relation.numbers, relation.stated})
