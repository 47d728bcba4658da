"""What editions and their figures look like."""

from typing import Any

from rest_framework import serializers

from api.months import MONTH
from api.serializers import OfModel, Page, Plain
from casetrack.lib.months import parse_month
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.stats.closing.models import Edition


class EditionSerializer(OfModel[Edition]):
    """A month as it was published."""

    region = serializers.CharField(source="region_id", label="区划代码")
    region_name = serializers.CharField(source="region.name", label="地区名称")
    month = serializers.SerializerMethodField(label="月份")
    by = serializers.CharField(source="closed_by", allow_null=True, label="结账人；空：命令行")
    days = serializers.DictField(
        child=serializers.ListField(child=serializers.DateField()), label="各主题在该月的起止日"
    )
    unconfirmed = serializers.IntegerField(source="offices_unconfirmed", label="未确认的机构数")
    definitions = serializers.CharField(source="definitions_id", label="指标定义的摘要")

    class Meta:
        model = Edition
        fields = (
            *("id", "region", "region_name", "month", "number", "reason", "published_at", "by", "days"),
            *("unconfirmed", "unconfirmed_reason", "definitions", "cases", "heads"),
            *("previous", "anchored_on", "anchor", "digest"),
        )

    def get_month(self, edition: Edition) -> str:
        return f"{edition.month:%Y-%m}"


class EditionPageSerializer(Page):
    """A page of editions."""

    results = EditionSerializer(many=True)


class NewEditionSerializer(Plain):
    """A month to close, or to restate."""

    region = serializers.CharField(max_length=12, label="区划代码")
    month = serializers.CharField(max_length=7, label=MONTH)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="", label="重述的理由")
    without_confirmations = serializers.CharField(
        max_length=500, allow_blank=True, default="", label="不待各机构确认而结账的理由"
    )

    def validate_region(self, text: str) -> str:
        try:
            return complete(text)
        except InvalidCode as error:
            raise serializers.ValidationError(str(error)) from error

    def validate_month(self, text: str) -> Any:
        try:
            return parse_month(text)
        except ValueError:
            raise serializers.ValidationError(f"“{text}”不是月份，应写作2024-03") from None


class PublishedSerializer(Plain):
    """A figure as it was published."""

    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    dimensions = serializers.DictField(child=serializers.CharField(), label="维度的取值；空：合计")
    value = serializers.FloatField(allow_null=True, label="公布的数；空：没有可计算的案件")
    counted = serializers.IntegerField(label="所计：件、次、人、日，金额以分计；比率为分子")
    base = serializers.IntegerField(allow_null=True, label="比率的分母")
    digest = serializers.CharField(label="案件清单的摘要；空：取自名册")


class FiguresPageSerializer(Page):
    """The figures of an edition for one place: one page."""

    results = PublishedSerializer(many=True)


class ShareSerializer(Plain):
    """A case behind a published figure."""

    case = serializers.IntegerField(allow_null=True, label="案件编号；空：不在您的范围内")
    number = serializers.CharField(allow_null=True, label="案号")
    counted = serializers.IntegerField(label="该案计入多少")
    base = serializers.IntegerField(allow_null=True, label="计入分母多少")


class PublishedPageSerializer(Plain):
    """The cases behind a published figure."""

    after = serializers.IntegerField(allow_null=True, label="还有更多时，下一次从哪一案件之后列起")
    counted = serializers.IntegerField(label="公布的数")
    base = serializers.IntegerField(allow_null=True, label="公布的分母")
    digest = serializers.CharField(label="案件清单的摘要")
    results = ShareSerializer(many=True)
