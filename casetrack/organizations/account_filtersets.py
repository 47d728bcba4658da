"""What lists of accounts and memberships can be narrowed by, in the API and on the pages alike."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import filters

from casetrack.accounts.models import User
from casetrack.organizations.choices import Role
from casetrack.organizations.filters import UNDER, FilterSet, IdFilter, OrderFilter, RegionCodeFilter, YesNoFilter
from casetrack.organizations.models import Membership
from casetrack.organizations.querysets import within


def placed_under(code: str) -> Q:
    """Memberships of a region's subtree, and of the organizations there."""
    return within("region_id", code) | within("organization__region_id", code)


class UserFilterSet(FilterSet):
    """Accounts by name, by what they are, and by where their holders work."""

    search = filters.CharFilter(label="用户名或姓名中的字", max_length=100, method="search_names")
    active = YesNoFilter(label="在用", field_name="is_active")
    service = YesNoFilter(label="服务账号", field_name="is_service")
    role = filters.ChoiceFilter(label="角色", choices=Role.choices, method="narrow_to_role")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    ordering = OrderFilter("id", "username")

    class Meta:
        model = User
        fields: list[str] = []

    def search_names(self, users: QuerySet[User], name: str, text: str) -> QuerySet[User]:
        return users.filter(Q(username__icontains=text) | Q(display_name__contains=text))

    def narrow_to_role(self, users: QuerySet[User], name: str, role: str) -> QuerySet[User]:
        return users.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), role=role)))

    def narrow_to_branch(self, users: QuerySet[User], name: str, code: str) -> QuerySet[User]:
        return users.filter(Exists(Membership.objects.filter(placed_under(code), user=OuterRef("pk"))))


class MembershipFilterSet(FilterSet):
    """Memberships by user, role and place."""

    user = IdFilter(label="用户编号", field_name="user_id")
    role = filters.ChoiceFilter(label="角色", choices=Role.choices)
    organization = IdFilter(label="机构编号", field_name="organization_id")
    cleared = YesNoFilter(label="可知悉检举控告")
    under = RegionCodeFilter(label=UNDER, method="narrow_to_branch")
    ordering = OrderFilter("id")

    class Meta:
        model = Membership
        fields: list[str] = []

    def narrow_to_branch(self, memberships: QuerySet[Membership], name: str, code: str) -> QuerySet[Membership]:
        return memberships.filter(placed_under(code))
