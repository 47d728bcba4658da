"""What the registers of mediators and trainings ask for."""

from typing import Any

from django import forms
from django.http import QueryDict

from casetrack.lib.masking import masked_number
from casetrack.organizations.choices import Sex
from casetrack.organizations.models import Mediator, Organization, Region, Training
from casetrack.organizations.scope import Scope
from web.controls import day_control
from web.managing.forms import NOT_HERE, differing
from web.managing.picking import PickField, organization_in, pick_within, region_in

MOST_PEOPLE = 1_000_000
NO_PLACE = "没有这一地区，或不在您的管辖范围内"


class MediatorDetailsForm(forms.Form):
    """What a register says of a mediator."""

    name = forms.CharField(label="姓名", max_length=64)
    sex = forms.ChoiceField(label="性别", choices=[("", "未填"), *Sex.choices], required=False)
    full_time = forms.BooleanField(label="专职", required=False)
    education = forms.CharField(label="文化程度", max_length=32, required=False)
    phone = forms.CharField(label="联系电话", max_length=50, required=False)
    active_from = day_control(label="聘任日期", required=False)


class NewMediatorForm(MediatorDetailsForm):
    """A mediator to enter in the register of a committee or room."""

    organization = PickField("with-mediators", label="所属调解组织")
    field_order = ("organization", "name", "sex", "full_time", "education", "phone", "active_from")

    def __init__(self, data: QueryDict | None = None, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope
        pick_within(self, scope)

    def clean_organization(self) -> Organization | None:
        return organization_in(self.scope, self.cleaned_data["organization"], NOT_HERE)


class MediatorForm(MediatorDetailsForm):
    """What may be changed of a mediator. The telephone is told masked, and stays where its field is left empty."""

    no_phone = forms.BooleanField(label="删去已登记的电话", required=False)
    active_to = day_control(label="解聘日期", required=False, help_text="自该日起不再任职；仍在任的留空。")
    field_order = ("name", "sex", "full_time", "education", "phone", "no_phone", "active_from", "active_to")

    def __init__(self, data: QueryDict | None = None, *, entry: Mediator) -> None:
        names = ("name", "sex", "full_time", "education", "active_from", "active_to")
        super().__init__(data, initial={name: getattr(entry, name) for name in names})
        if not entry.phone:
            del self.fields["no_phone"]
        else:
            self.fields["phone"].help_text = f"已登记 {masked_number(entry.phone)}；不修改的留空。"

    def clean(self) -> None:
        if self.cleaned_data.get("no_phone") and self.cleaned_data.get("phone"):
            self.add_error("no_phone", "已填写新的电话；要删去的，请把电话留空")

    def changes(self) -> dict[str, Any]:
        news = {name: self.cleaned_data[name] for name in self.changed_data if name != "no_phone"}
        return {**news, "phone": ""} if self.cleaned_data.get("no_phone") else news

    def differing(self) -> list[tuple[str, Any]]:
        """A telephone is told nowhere but masked, beside its field."""
        return differing(self, (name for name in self.changed_data if name not in ("phone", "no_phone")))


class TrainingDetailsForm(forms.Form):
    """What is said of a training."""

    held_on = day_control(label="培训日期")
    name = forms.CharField(label="培训名称", max_length=200)
    attendance = forms.IntegerField(label="参加人次", min_value=0, max_value=MOST_PEOPLE)
    organizer = forms.CharField(label="举办单位", max_length=200, required=False)


class NewTrainingForm(TrainingDetailsForm):
    """A training to enter for a region."""

    region = PickField("regions", label="地区")
    field_order = ("region", "held_on", "name", "attendance", "organizer")

    def __init__(self, data: QueryDict | None = None, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope
        pick_within(self, scope)

    def clean_region(self) -> Region | None:
        return region_in(self.scope, self.cleaned_data["region"], NO_PLACE)


class TrainingForm(TrainingDetailsForm):
    """What may be changed of a training."""

    def __init__(self, data: QueryDict | None = None, *, entry: Training) -> None:
        names = ("held_on", "name", "attendance", "organizer")
        super().__init__(data, initial={name: getattr(entry, name) for name in names})

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def differing(self) -> list[tuple[str, Any]]:
        return differing(self, self.changed_data)
