"""Made-up people: nobody's name on purpose, numbers that no authority and no carrier can have given."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from casetrack.cases.drafts import PartyDraft
from casetrack.organizations.models import Organization

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文红梅春海燕志云飞鹏宇欣浩佳俊峰"
TRADES = ("建筑劳务", "物业服务", "运输", "食品", "商贸", "农业发展", "置业", "家政服务")
ORGANS = ("公安局", "自然资源局", "市场监督管理局", "人力资源和社会保障局", "住房和城乡建设局", "人民政府")
SPREAD = 0x9E3779B97F4A7C15  # an odd number that scatters neighbours
ROLES: dict[str, tuple[tuple[str, str], ...]] = {
    "mediation": (("applicant", "person"), ("respondent", "either")),
    "petition": (("petitioner", "person"),),
    "petition_review": (("applicant", "person"),),
    "reconsideration": (("applicant", "either"), ("respondent", "organ")),
    "litigation": (("plaintiff", "either"), ("defendant", "organ")),
    "legal_aid": (("recipient", "person"),),
}


@dataclass(frozen=True, slots=True)
class Population:
    """So many people; who comes twice has the same name and numbers both times."""

    size: int

    def parties(self, kind: str, office: Organization, random: Random) -> list[PartyDraft]:
        return [self.party(role, sort, office, random) for role, sort in ROLES[kind]]

    def party(self, role: str, sort: str, office: Organization, random: Random) -> PartyDraft:
        if sort == "organ":
            return PartyDraft(role, office.county.name + random.choice(ORGANS))
        if sort == "either" and random.random() < 0.1:
            return PartyDraft(role, company(random), phone=telephone(random.randrange(self.size)))
        return self.person(role, random.randrange(self.size), office)

    def person(self, role: str, number: int, office: Organization) -> PartyDraft:
        mixed = number * SPREAD % 2**64
        name = picked(SURNAMES, mixed) + picked(GIVEN, mixed >> 8) + (picked(GIVEN, mixed >> 16) if mixed & 3 else "")
        return PartyDraft(
            role,
            name,
            phone=telephone(number) if mixed >> 20 & 15 else "",
            identity=identity(office.region_id, number, mixed) if mixed >> 24 & 3 else "",
            address=f"{office.region.name}{mixed >> 28 & 15}组{mixed >> 32 & 127}号" if mixed >> 40 & 1 else "",
        )


def picked(letters: Sequence[str], number: int) -> str:
    return letters[number % len(letters)]


def company(random: Random) -> str:
    return f"{random.choice(GIVEN)}{random.choice(GIVEN)}{random.choice(TRADES)}有限公司"


def telephone(number: int) -> str:
    """No mobile number in the country begins with 12."""
    return f"12{number * 7_368_787 % 10**9:09d}"


def identity(region_code: str, number: int, mixed: int) -> str:
    """Eighteen characters that can't be anyone's: the last is never the one that the first seventeen ask for."""
    born = f"{1945 + mixed % 60}{1 + mixed % 12:02d}{1 + mixed % 28:02d}"
    first = f"{region_code[:6]}{born}{number % 1000:03d}"
    weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return first + "10X98765432"[(weighted + 1) % 11]
