"""The offices that every county and every division above it has, whether a register names them or not."""

from django.db import transaction

from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.divisions import Level
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.registers import lock

OFFICES = {
    OrganizationKind.PETITION_OFFICE: "{region}信访局",
    OrganizationKind.RECONSIDERATION_OFFICE: "{region}司法局（行政复议机构）",
    OrganizationKind.LITIGATION_OFFICE: "{region}行政应诉工作机构",
    OrganizationKind.LEGAL_AID_CENTRE: "{region}法律援助中心",
}
WITHOUT_OFFICES = (Level.TOWNSHIP, Level.VILLAGE)


class OfficesRefused(Exception):
    """Offices were asked of a division that has none."""


@transaction.atomic
def ensure_offices(*, region: Region) -> dict[OrganizationKind, Organization]:
    """The region's own office of each kind: the one a register named, or one made now."""
    if region.level in WITHOUT_OFFICES:
        raise OfficesRefused(f"{region.name}是乡级或村级，不设信访、复议、应诉和法律援助机构，请用县级以上区划代码")
    lock(region)
    offices: dict[OrganizationKind, Organization] = {}
    own = Organization.objects.filter(region=region, county=region, kind__in=OFFICES)
    for office in own.order_by("-pk"):
        offices[OrganizationKind(office.kind)] = office
    for kind, pattern in OFFICES.items():
        name = pattern.format(region=region.name)
        if kind not in offices:
            offices[kind] = Organization.objects.create(region=region, county=region, kind=kind, name=name)
        elif region.named and offices[kind].name == pattern.format(region=region.code):
            # made while nobody had named the region
            offices[kind].name = name
            offices[kind].save(update_fields=["name"])
    return offices
