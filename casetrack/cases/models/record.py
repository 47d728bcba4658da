"""The record: cases, their people, and the events that are never changed."""

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.querysets import CaseQuerySet, EventQuerySet
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.links import LINKS
from casetrack.lib.grams import Grams
from casetrack.lib.reading import NativeDecoder
from casetrack.organizations.models import Organization

WITHIN = ("region_code", "kind")
ORDERED = (
    ("id", "id", WITHIN),
    *((name.removesuffix("_on"), name, ("id", *WITHIN)) for name in ("received_on", "closed_on", "due_on", "number")),
)
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]


class Case(models.Model):
    """One matter of one office. State, dates and values are set from its events by `operations`, never by hand.

    `private` holds the personal facts (what the dispute is about), which the chain of events must not contain.
    `restricted` (an accusation) is seen by those cleared only, as on all that is folded beside the case.
    `yellow_on`, `red_on` and `due_on` are the earliest of its running clocks, so that a list knows its light;
    `search_text` is what it is found by.
    Once `erased_at`, the personal data are gone for good, and nothing more is entered.
    `number` is unique within `number_scope`: the office's own series, or the region whose ledger gave it.
    """

    kind = models.CharField("案件种类", max_length=32, choices=KIND_CHOICES)
    organization = models.ForeignKey(
        Organization, verbose_name="承办机构", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    region_code = models.CharField("承办机构所在区划", max_length=12)
    number = models.CharField("案号", max_length=100)
    number_scope = models.CharField("编号范围", max_length=24)
    state = models.CharField("状态", max_length=32, blank=True)
    received_on = models.DateField("收到日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    due_on = models.DateField("最近期限", null=True)
    restricted = models.BooleanField("限制知悉", default=False)
    yellow_on = models.DateField("最早黄灯日", null=True)
    red_on = models.DateField("最早红灯日", null=True)
    values = models.JSONField("案件要素", default=dict, decoder=NativeDecoder)
    private = models.JSONField("涉及个人的要素", default=dict)
    version = models.PositiveIntegerField("版本", default=0)
    head = models.CharField("事件链头", max_length=64, blank=True)
    ledger_digest = models.CharField("台账行摘要", max_length=64, blank=True)
    created_at = models.DateTimeField("录入时间")
    search_text = models.TextField("检索文字", blank=True, default="")
    erased_at = models.DateTimeField("依法删除时间", null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        constraints = [
            models.UniqueConstraint(name="case_number_unique", fields=["kind", "number_scope", "number"]),
            models.CheckConstraint(
                name="case_closed_after_received", condition=Q(closed_on=None) | Q(closed_on__gte=F("received_on"))
            ),
        ]
        indexes = [
            # counts without reading the cases, also those entered since a day
            models.Index(
                name="case_counted",
                fields=["kind", "region_code", "state", "received_on", "closed_on"],
                include=["restricted", "created_at"],
            ),
            # the rest lead lists in their orders, past what lies outside a scope
            models.Index(name="case_by_organization", fields=["organization", "kind", "-id"], include=["restricted"]),
            models.Index(  # what an office has to do next, few beside all that was ever closed
                name="case_due_in_organization",
                fields=["organization", "due_on", "id"],
                condition=Q(due_on__isnull=False),
            ),
            models.Index(
                name="case_lights",
                fields=["region_code", "kind", "due_on", "red_on", "yellow_on"],
                include=["restricted"],
                condition=Q(due_on__isnull=False),
            ),
            *(models.Index(name=f"case_by_{name}", fields=[column, *rest]) for name, column, rest in ORDERED),
            GinIndex(name="case_values", fields=["values"], opclasses=["jsonb_path_ops"], fastupdate=False),
            GinIndex(Grams("search_text"), name="case_grams", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def declared(self) -> Kind:
        return KINDS[self.kind]


class Party(models.Model):
    """A person or body in a case. Personal data stand here and nowhere else, so that they can be erased."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="parties")
    role = models.CharField("身份", max_length=32)
    name = models.CharField("姓名或名称", max_length=200, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_index = models.CharField("联系电话索引", max_length=64, blank=True, editable=False)
    identity = EncryptedTextField("证件号码", blank=True, default="")
    identity_index = models.CharField("证件号码索引", max_length=64, blank=True, editable=False)
    address = EncryptedTextField("住址", blank=True, default="")

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = "当事人"
        indexes = [
            models.Index(name="party_by_phone", fields=["phone_index"], condition=~Q(phone_index="")),
            models.Index(name="party_by_identity", fields=["identity_index"], condition=~Q(identity_index="")),
        ]

    def __str__(self) -> str:
        return self.name


class CaseEvent(models.Model):
    """Something that happened in a case, or the correction of what was logged. A trigger refuses any change.

    A correction `replaces` an earlier event; with `retracts` it puts nothing in its place.
    """

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="events", db_index=False)
    sequence = models.PositiveIntegerField("序号")
    step = models.CharField("步骤", max_length=32)
    occurred_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("录入时间")
    actor = models.ForeignKey(User, verbose_name="录入人", on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField("事实", default=dict)
    replaces = models.OneToOneField(
        "self", verbose_name="更正的事件", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    retracts = models.BooleanField("仅撤销", default=False)
    reason = models.CharField("更正理由", max_length=500, blank=True)
    batch = models.ForeignKey(
        "cases.ImportBatch",
        verbose_name="导入批次",
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
        db_index=False,
    )
    previous_hash = models.CharField("前一事件摘要", max_length=64, blank=True)
    hash = models.CharField("摘要", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "案件事件"
        verbose_name_plural = "案件事件"
        constraints = [
            models.UniqueConstraint(name="event_sequence_unique", fields=["case", "sequence"]),
            models.CheckConstraint(
                name="event_correction_has_reason", condition=Q(replaces=None, retracts=False) | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(name="event_by_batch", fields=["batch"], condition=Q(batch__isnull=False)),
            # events are entered in the order of time, so a few pages tell which blocks hold those since a day
            BrinIndex(name="event_by_entry", fields=["recorded_at"], autosummarize=True),
            # what was entered late about old days, and what was put right: see entered_about
            models.Index(name="event_by_day", fields=["occurred_on", "id"]),
            models.Index(name="event_correcting", fields=["id"], condition=Q(replaces__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.occurred_on}"


class CaseLink(models.Model):
    """That one case followed from another. A wrong link is ended, not erased."""

    earlier = models.ForeignKey(Case, verbose_name="在先案件", on_delete=models.PROTECT, related_name="links_to_later")
    later = models.ForeignKey(Case, verbose_name="在后案件", on_delete=models.PROTECT, related_name="links_to_earlier")
    relation = models.CharField("关系", max_length=40)
    actor = models.ForeignKey(User, verbose_name="操作人", on_delete=models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField("关联时间")
    ended_at = models.DateTimeField("解除时间", null=True)
    ended_by = models.ForeignKey(User, verbose_name="解除人", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "案件关联"
        verbose_name_plural = "案件关联"
        constraints = [
            models.UniqueConstraint(
                name="link_stands_once", fields=["earlier", "later", "relation"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="link_of_two_cases", condition=~Q(earlier=F("later"))),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The relation's official term, or its code where the list has since dropped it."""
        return LINKS[self.relation].label if self.relation in LINKS else self.relation


class NumberSeries(models.Model):
    """The last number an office gave to a kind of case in a year; locked while the next is given, so without gaps."""

    organization = models.ForeignKey(Organization, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("案件种类", max_length=32, choices=KIND_CHOICES)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        constraints = [models.UniqueConstraint(name="series_unique", fields=["organization", "kind", "year"])]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
