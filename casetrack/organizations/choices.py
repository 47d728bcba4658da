"""The words of this storey: kinds of organizations and committees, sexes, roles."""

from django.db.models import TextChoices


class OrganizationKind(TextChoices):
    """What an organization is for."""

    MEDIATION_COMMITTEE = "mediation_committee", "人民调解委员会"
    MEDIATION_ROOM = "mediation_room", "派驻调解室、个人调解工作室"
    PETITION_OFFICE = "petition_office", "信访局"
    RECONSIDERATION_OFFICE = "reconsideration_office", "行政复议机构"
    LITIGATION_OFFICE = "litigation_office", "行政应诉机构"
    LEGAL_AID_CENTRE = "legal_aid_centre", "法律援助中心"
    JUSTICE_BUREAU = "justice_bureau", "司法局"
    RESPONSIBLE_BODY = "responsible_body", "责任单位"


class CommitteeKind(TextChoices):
    """The kinds of mediation committee that the official form counts apart.

    Registers that do not tell townships and subdistricts apart name both 乡镇街道.
    """

    TOWNSHIP = "township", "乡镇街道"
    SUBDISTRICT = "subdistrict", "街道"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    ENTERPRISE = "enterprise", "企事业单位"
    SOCIAL = "social", "社会团体和其他组织"
    PROFESSIONAL = "professional", "行业性专业性"
    COUNTY_CENTRE = "county_centre", "县级调解中心"


class Sex(TextChoices):
    """As registers write it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Role(TextChoices):
    """What a member does; what each may do is in `capabilities`."""

    CLERK = "clerk", "经办人"
    HANDLER = "handler", "承办人"
    SUPERVISOR = "supervisor", "主管"
    STATISTICIAN = "statistician", "统计员"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"
