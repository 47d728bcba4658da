"""What is asked of a check of a report, and what comes of it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import Plain
from casetrack.cases.jobs.uploads import SealedUpload
from casetrack.lib.months import EARLIEST
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.stats.asking import LATEST
from reports.checking.claims import RelationKind, Verdict
from reports.checking.jobs import Compared
from reports.checking.record.rows import AGREEMENTS, STANDINGS, Source
from reports.documents.refusing import LARGEST_FILE, MEGABYTE

LONGEST_TEXT = 100_000
SEVERAL = {
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
}


class OfRecordSerializer(Plain):
    """With which record to compare."""

    region = serializers.CharField(max_length=12, required=False, default="", label="区划代码；不填：不与记录对照")
    year = serializers.IntegerField(
        min_value=EARLIEST.year, max_value=LATEST.year, required=False, default=None, allow_null=True, label="年度"
    )
    as_of = serializers.DateField(
        required=False, default=None, allow_null=True, label="截止日，默认为年末，未到时为今天"
    )
    public = serializers.BooleanField(default=False, label="结果供对外公布：过小的数目不显示")

    def to_internal_value(self, data: Any) -> Any:
        """A part that is misnamed would leave the report unchecked against the record, and say nothing."""
        unknown = [str(name) for name in data if name not in self.fields] if isinstance(data, dict) else []
        if unknown:
            said = f"没有这一项，可用的有：{'、'.join(self.fields)}"
            raise serializers.ValidationError({name[:40]: said for name in unknown})
        return super().to_internal_value(data)

    def validate_region(self, code: str) -> str:
        try:
            return complete(code) if code else ""
        except InvalidCode as invalid:
            raise serializers.ValidationError(str(invalid)) from invalid

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if bool(asked["region"]) != bool(asked["year"]):
            raise serializers.ValidationError("与记录对照须同时填写区划（region）和年度（year）")
        return asked

    def compared(self) -> Compared:
        asked = self.validated_data
        return Compared(asked["region"], asked["year"], asked["as_of"], asked["public"])


class NewCheckSerializer(OfRecordSerializer):
    """A text to check."""

    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False, label="报告的文字，最多10万字")


class NewFileCheckSerializer(OfRecordSerializer):
    """A file to check."""

    file = serializers.FileField(max_length=255, label="报告：.txt、.md、.html、.docx 或 .pdf，最多50MB")

    def validate_file(self, file: SealedUpload) -> SealedUpload:
        if (file.size or 0) > LARGEST_FILE:
            raise serializers.ValidationError(f"文件过大，最多{LARGEST_FILE // MEGABYTE}MB，请删去图片或按章节拆分")
        return file


@extend_schema_field(SEVERAL)
class DimensionsField(serializers.DictField):
    """One value of a dimension, or several together."""


class ClaimSerializer(Plain):
    """A figure that the report states."""

    quote = serializers.CharField(label="原文")
    start = serializers.IntegerField(label="在所给文字（文件读出的文字）中的起点")
    end = serializers.IntegerField(label="终点")
    subject = serializers.CharField(label="统计主题；general：其他")
    measure = serializers.CharField(label="指标；空：没有对应的指标")
    value = serializers.FloatField(label="数值")
    unit = serializers.CharField(label="单位")
    approx = serializers.BooleanField(label="是否约数（余、近、约等）")
    dimensions = DimensionsField(label="维度的取值；几个取值合计的为列表")


class RelationSerializer(Plain):
    """Figures that must fit together."""

    kind = serializers.ChoiceField(
        choices=[each.value for each in RelationKind], label="ratio 比率，sum 合计，difference 差额，change 增减"
    )
    numbers = serializers.ListField(child=serializers.FloatField(), label="据以计算的数")
    stated = serializers.FloatField(label="报告所述")
    computed = serializers.FloatField(label="计算所得")
    verdict = serializers.ChoiceField(
        choices=[each.value for each in Verdict],
        label="exact 相符，rounded 四舍五入后相符，truncated 舍去尾数后相符，approximate 约数相符，inconsistent 不符",
    )
    quote = serializers.CharField(label="原文")


class PublishedOfYearSerializer(Plain):
    """What the closed months of the year published, together."""

    value = serializers.FloatField(label="数值")
    numerator = serializers.IntegerField(allow_null=True, label="分子")
    denominator = serializers.IntegerField(allow_null=True, label="分母")


class UsualSerializer(PublishedOfYearSerializer):
    """What the usual definition gives, where the claim agrees with another definition of the same word."""

    label_ = serializers.CharField(label="通常的口径的指标名称")


class RecordRowSerializer(Plain):
    """A claim beside the record."""

    claim = serializers.IntegerField(label="claims 中的第几个，自0起")
    verdict = serializers.ChoiceField(choices=[(each.value, label) for each, label in STANDINGS.items()], label="结论")
    agreement = serializers.ChoiceField(
        choices=[(each.value, label) for each, label in AGREEMENTS.items()], allow_null=True, label="如何一致"
    )
    reason = serializers.CharField(label="记录中没有的原因")
    label_ = serializers.CharField(label="指标名称")
    unit = serializers.CharField(label="单位，与原文相同")
    from_ = serializers.DateField(allow_null=True, label="统计期的开始日")
    to = serializers.DateField(allow_null=True, label="统计期的结束日")
    as_of = serializers.DateField(allow_null=True, label="截止日")
    value = serializers.FloatField(allow_null=True, label="记录现在的数")
    numerator = serializers.IntegerField(allow_null=True, label="分子")
    denominator = serializers.IntegerField(allow_null=True, label="分母")
    source_ = serializers.ChoiceField(
        choices=[each.value for each in Source], allow_null=True, label="与何者比较：edition 结账公布的，current 现在的"
    )
    published = PublishedOfYearSerializer(allow_null=True, label="全年各月结账公布的合计；空：未全部结账，或不能合计")
    difference = serializers.FloatField(allow_null=True, label="报告所述减去记录")
    usual = UsualSerializer(
        allow_null=True, label="只与同一名称的另一口径一致时：按通常口径的数；此时 label 为相符的口径"
    )
    cases = serializers.CharField(allow_null=True, label="数字背后的案件（报送记录）的网址")


class CheckedSerializer(Plain):
    """The answer, as the command prints it."""

    claims = ClaimSerializer(many=True, label="报告中的数字")
    relations = RelationSerializer(many=True, label="勾稽关系")
    record = RecordRowSerializer(many=True, label="与记录对照；空：没有要求对照")
