"""/account/reminders/: how one wishes to be reminded; /reminders/: what one was reminded of, marked as read."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from casetrack.cases.models import KIND_CHOICES, Channel, DueReminder, ReminderChoice, ReminderMessage
from casetrack.cases.reminding.channels import NotDelivered, try_out
from casetrack.cases.reminding.choosing import USUAL_DAYS, ChoiceDraft, choose, mark_read, no_mail
from casetrack.kinds.refusals import FactsRefused
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.scope import scope_of
from web.controls import number_in
from web.errors import told
from web.filters import turning
from web.guards import Guarded, user_of
from web.limits import Guess

SIZE, RECENT = 50, 5
BETWEEN = re.compile(r"[,，、;；\s]+")
NOT_DAYS = "请填写天数，用逗号隔开，如“7,3,1,0”"
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class Days(forms.Field):
    """Numbers of days as people write them, one after the other."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ",".join(map(str, value or ()))

    def to_python(self, value: str | None) -> list[int]:
        found = [number_in(part) for part in BETWEEN.split(value or "") if part]
        if any(number is None for number in found):
            raise forms.ValidationError(NOT_DAYS)
        return [number for number in found if number is not None]


class ChoiceForm(forms.Form):
    """What may be chosen; whether it can be kept, the core says."""

    use_required_attribute = False

    days = Days(label="提前几天", required=False, help_text="用逗号隔开；0是到期当天。空着则不提前提醒。")
    overdue = forms.BooleanField(label="超期后提醒一次", required=False)
    kinds = forms.MultipleChoiceField(
        label="案件种类",
        choices=KIND_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选就是全部种类。",
    )
    channel = forms.ChoiceField(
        label="方式", choices=Channel.choices, widget=forms.RadioSelect, help_text="无论选哪一种，页面上都会提醒。"
    )
    address = forms.CharField(label="机器人或系统的地址", required=False, strip=True)
    quiet_from = forms.TimeField(label="免打扰自", widget=TIME)
    quiet_until = forms.TimeField(label="免打扰至", widget=TIME, help_text="与开始时间相同就是没有免打扰时段。")
    quiet_on_rest_days = forms.BooleanField(label="休息日也不打扰（按工作日历）", required=False)

    def offer(self, *, mail: bool, kept: str) -> None:
        """Mail only to those who can get any; of an address that is kept, that it is."""
        if not mail:
            channel = self.fields["channel"]
            assert isinstance(channel, forms.ChoiceField)
            channel.choices = [each for each in Channel.choices if each[0] != Channel.MAIL]
        self.fields["address"].widget.attrs = {"type": "url", "autocomplete": "off", "placeholder": "https://"}
        self.fields["address"].help_text = KEPT if kept else WHERE


WHERE = "企业微信、钉钉：群设置中添加自定义机器人后得到的网址；钉钉的安全设置选“自定义关键词”，填“期限”。"
KEPT = "已保存一个地址，不再显示；空着就沿用，填写新的就替换。"


class ChoiceView(Guarded, View):
    """Kept as chosen; what became of the latest messages stands below."""

    def get(self, request: HttpRequest) -> HttpResponse:
        choice = ReminderChoice.objects.filter(user=user_of(request)).first()
        return self.shown(request, ChoiceForm(initial=initial_of(choice)), choice)

    def post(self, request: HttpRequest) -> HttpResponse:
        user, form = user_of(request), ChoiceForm(request.POST)
        choice = ReminderChoice.objects.filter(user=user).first()
        if not form.is_valid():
            return self.shown(request, form, choice, status=422)
        try:
            choose(user=user, draft=ChoiceDraft(**form.cleaned_data), now=timezone.now())
        except FactsRefused as refused:
            for name, message in refused.errors.items():
                form.add_error(name, message)
            return self.shown(request, form, choice, status=422)
        messages.success(request, "提醒设置已保存。")
        return redirect("account-reminders")

    def shown(
        self, request: HttpRequest, form: ChoiceForm, choice: ReminderChoice | None, status: int = 200
    ) -> HttpResponse:
        user = user_of(request)
        form.offer(mail=not no_mail(user), kept=choice.address if choice else "")
        sent = ReminderMessage.objects.filter(user=user).order_by("-pk")[:RECENT]
        context = {"form": form, "choice": choice, "sent": sent}
        return render(request, "web/reminders/choice.html", context, status=status)


class TryOutView(Guarded, View):
    """Send a message that says only that it is one; what came of it is told at once."""

    def post(self, request: HttpRequest) -> HttpResponse:
        choice = ReminderChoice.objects.filter(user=user_of(request)).select_related("user").first()
        if choice is None:
            messages.error(request, "请先保存提醒设置，再发送测试消息。")
        elif not Guess(request, "reminder_trial").allowed:
            messages.error(request, "测试消息发送得太频繁，请几分钟后再试。")
        else:
            try:
                try_out(choice, link=request.build_absolute_uri(reverse("reminders")))
            except NotDelivered as failed:
                messages.error(request, f"测试消息没有送出：{failed}。")
            else:
                messages.success(request, "测试消息已送出，请到接收的一端查看。")
        return redirect("account-reminders")


def initial_of(choice: ReminderChoice | None) -> dict[str, Any]:
    """What is kept, or what most people wish. An address is not shown again: who knows it can write to the group."""
    if choice is None:
        draft = ChoiceDraft()
        return {name: getattr(draft, name) for name in ChoiceForm.base_fields if name != "days"} | {"days": USUAL_DAYS}
    return {name: getattr(choice, name) for name in ChoiceForm.base_fields if name != "address"}


class RemindersView(Guarded, View):
    """All of the last months, the newest first; pressing a button marks what stands here, or all, as read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        rows = DueReminder.objects.shown_to(user, scope_of(user))
        try:
            page = page_of(rows, cursor=request.GET.get("cursor"), size=SIZE)
        except CursorRefused as refused:
            return told(request, 400, "没有这一页", str(refused))
        context = {
            "page": page,
            "today": timezone.localdate(),
            **turning(page, request.GET, reverse("reminders")),
            "chosen": ReminderChoice.objects.filter(user=user).exists(),
        }
        return render(request, "web/reminders/list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Those whose keys the page sent; another's keys change nothing."""
        ids = [pk for each in request.POST.getlist("id")[:SIZE] if (pk := number_in(each)) is not None]
        mark_read(user=user_of(request), now=timezone.now(), ids=None if "all" in request.POST else ids)
        return redirect("start" if "start" in request.POST else "reminders")
