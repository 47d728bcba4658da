"""What administration asks for in forms: accounts, rights, organizations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import QueryDict

from casetrack.accounts.models import User
from casetrack.cases.models import KIND_CHOICES
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import CommitteeKind, OrganizationKind, Role
from casetrack.organizations.granting import Held
from casetrack.organizations.models import Membership, Organization, Region
from casetrack.organizations.scope import scope_of
from web.controls import day_control
from web.managing.picking import PickField, known_region, named, organization_in, pick_within, region_code

NOT_HERE = "没有这一机构，或不在您的管辖范围内"
SURE_OF_PLACE = "请填写地区或机构，二者择一"


def refuse_in(form: forms.Form, refused: Refused) -> None:
    """Say beside its field, or on top of the form, why the core refused what was typed."""
    errors: dict[str, str] = getattr(refused, "errors", {}) or {"": str(refused)}
    for name, said in errors.items():
        form.add_error(name if name in form.fields else None, said)


def prefix_of(membership_id: int) -> str:
    """Several memberships stand on one page, each with a form of its own."""
    return f"m{membership_id}"


def differing(form: forms.Form, names: Iterable[str]) -> list[tuple[str, Any]]:
    """What the register says now of what was typed otherwise: label and value."""
    return [(str(form[name].label), in_words(form[name])) for name in names]


def in_words(field: forms.BoundField) -> str:
    value = field.initial
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(getattr(field.field, "choices", ())).get(value, value) or "空")


class NameForm(forms.Form):
    """What an account's holder is called."""

    full_name = forms.CharField(label="姓名或系统名称", max_length=64)


class RightsForm(forms.Form):
    """A role, for which kinds, and whether accusations may be known."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    kinds = forms.MultipleChoiceField(
        label="案件种类（不选：全部）", choices=KIND_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    cleared = forms.BooleanField(label="可知悉检举控告", required=False)

    def changes(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"role": said["role"], "kinds": tuple(sorted(said["kinds"])), "cleared": said["cleared"]}

    @classmethod
    def showing(cls, membership: Membership) -> "RightsForm":
        said = {"role": membership.role, "kinds": membership.kinds, "cleared": membership.cleared}
        return cls(initial=said, prefix=prefix_of(membership.pk))


class PlacedRightsForm(RightsForm):
    """A role in a place: a region with all below it, or one organization with its rooms."""

    region = PickField("regions", label="地区，含其所有下级", required=False)
    organization = PickField("organizations", label="或机构，含其调解室", required=False)
    field_order: Sequence[str] = ("role", "region", "organization", "kinds", "cleared")

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope_of(giver).able(Capability.MANAGE_USERS)
        pick_within(self, self.scope)

    def clean_region(self) -> Region | None:
        return known_region(self.cleaned_data["region"])

    def clean_organization(self) -> Organization | None:
        return organization_in(self.scope, self.cleaned_data["organization"], NOT_HERE)

    def clean(self) -> None:
        said = self.cleaned_data
        if {"region", "organization"} <= said.keys() and bool(said["region"]) == bool(said["organization"]):
            self.add_error("region", SURE_OF_PLACE)

    def held(self) -> Held:
        said = self.cleaned_data
        return Held(
            region_code=said["region"] and said["region"].code, organization=said["organization"], **self.changes()
        )


class NewAccountForm(PlacedRightsForm):
    """An account with its first membership."""

    username = forms.CharField(label="用户名", max_length=150, validators=[UnicodeUsernameValidator()])
    full_name = forms.CharField(label="姓名或系统名称", max_length=64)
    service = forms.BooleanField(label="服务账号：供程序使用，只凭令牌，不能登录", required=False)
    field_order = ("username", "full_name", "service", "role", "region", "organization", "kinds", "cleared")


class NewOrganizationForm(forms.Form):
    """An organization to enter in the register."""

    name = forms.CharField(label="名称", max_length=200)
    kind = forms.ChoiceField(label="机构类型", choices=OrganizationKind.choices)
    committee_kind = forms.ChoiceField(
        label="调委会类型",
        choices=[("", "不是调解委员会"), *CommitteeKind.choices],
        required=False,
    )
    region = PickField("regions", label="所在地区", help_text="名册中尚无的乡镇、村，请填写区划代码。")
    parent = PickField("committees", label="上级机构", required=False, help_text="只有调解室填写：所属的调解委员会。")
    active_from = day_control(label="成立日期", required=False)

    def __init__(self, *args: Any, keeper: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope_of(keeper).able(Capability.KEEP_REGISTERS)
        pick_within(self, self.scope)

    def clean_region(self) -> str:
        return region_code(self.cleaned_data["region"])

    def clean_parent(self) -> Organization | None:
        return organization_in(self.scope, self.cleaned_data["parent"], NOT_HERE)


class OrganizationForm(forms.Form):
    """What may be changed of an organization; its region together with the day of the move."""

    name = forms.CharField(label="名称", max_length=200)
    committee_kind = forms.ChoiceField(label="调委会类型", choices=CommitteeKind.choices)
    active_from = day_control(label="成立日期", required=False)
    active_to = day_control(label="撤销日期", required=False, help_text="自该日起不再存续；没有撤销的留空。")
    region = PickField("regions", label="所在地区")
    moved_on = day_control(
        label="迁移日期",
        required=False,
        help_text="改变区划时填写：自该日起收到的案件计入新的区划，此前的仍计入原区划。",
    )

    def __init__(self, data: QueryDict | None = None, *, organization: Organization, keeper: User) -> None:
        names = ("name", "committee_kind", "active_from", "active_to")
        shown = {name: getattr(organization, name) for name in names}
        super().__init__(data, initial={**shown, "region": named(organization.region)})
        self.region_before = organization.region_id
        pick_within(self, scope_of(keeper).able(Capability.KEEP_REGISTERS))
        if not organization.committee_kind:
            del self.fields["committee_kind"]

    def clean_region(self) -> str:
        return region_code(self.cleaned_data["region"])

    def differing(self) -> list[tuple[str, Any]]:
        """Of a move the register says only where it led."""
        return differing(self, (name for name in self.changes() if name != "moved_on"))

    def changes(self) -> dict[str, Any]:
        """What was changed of what the form showed; a region may be written in several ways."""
        news = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        if news.get("region") == self.region_before:
            del news["region"]
        return news
