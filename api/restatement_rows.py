"""What restatements look like: closed months with what was entered since, and each figure that differs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.months import MONTH
from api.reported import ReportedSerializer
from api.serializers import Page, Plain
from casetrack.organizations.models import ReportedVersion
from casetrack.stats.closing.later import Since
from casetrack.stats.closing.restated import MOST_NAMED, version_as_dict


class SinceSerializer(Plain):
    """A closed month, and how much was entered about its days after its latest edition."""

    closing = serializers.IntegerField(
        source="edition.pk", label="最近一版的编号；变动的数字见 /closings/{id}/restatement/"
    )
    region = serializers.CharField(source="edition.region_id", label="区划代码")
    region_name = serializers.CharField(source="edition.region.name", label="地区名称")
    month = serializers.SerializerMethodField(label=MONTH)
    number = serializers.IntegerField(source="edition.number", label="版次")
    published_at = serializers.DateTimeField(source="edition.published_at", label="公布时间")
    cases = serializers.IntegerField(label="有后录记录的案件数")
    events = serializers.IntegerField(label="后录的案件记录数：录入晚于公布，发生在（或所更正的发生在）该月终了以前")
    moves = serializers.IntegerField(label="后录的机构迁移数")
    values = serializers.IntegerField(label="后录的报送数字数，含更正和撤回")
    last_at = serializers.DateTimeField(allow_null=True, label="最后一项的录入时间；空：没有")

    def get_month(self, row: Since) -> str:
        return f"{row.edition.month:%Y-%m}"


class SincePageSerializer(Page):
    """A page of closed months."""

    results = SinceSerializer(many=True)


class CountedSerializer(Plain):
    """What is counted for a figure."""

    counted = serializers.IntegerField(label="所计；比率为分子")
    base = serializers.IntegerField(allow_null=True, label="比率的分母")


class StatedSerializer(CountedSerializer):
    """A figure at one time."""

    value = serializers.FloatField(allow_null=True, label="数值")


class LaterEventSerializer(Plain):
    """An event entered after the edition."""

    event = serializers.IntegerField(label="事件编号")
    sequence = serializers.IntegerField(label="序号")
    step = serializers.CharField(label="步骤")
    occurred_on = serializers.DateField(label="发生日期")
    recorded_at = serializers.DateTimeField(label="录入时间")
    actor = serializers.CharField(allow_null=True, label="录入人")
    replaces = serializers.IntegerField(allow_null=True, label="更正的事件")
    retracts = serializers.BooleanField(label="仅撤销")
    reason = serializers.CharField(label="更正理由")


class MovedSerializer(Plain):
    """A case that counts otherwise than when the month was published."""

    case = serializers.IntegerField(allow_null=True, label="案件编号；空：您无权知悉")
    number = serializers.CharField(allow_null=True, label="案号")
    before = CountedSerializer(label="公布时计入")
    after = CountedSerializer(label="现在计入")
    events = LaterEventSerializer(many=True, label="公布之后的记录")


class LaterVersionSerializer(Plain):
    """What a body said after the edition."""

    version = serializers.IntegerField(label="版本")
    value = serializers.FloatField(allow_null=True, label="数值；空：撤回")
    entered_at = serializers.DateTimeField(label="填报时间")
    entered_by = serializers.CharField(allow_null=True, label="填报人；空：批量导入")
    source_ = serializers.CharField(label="数据来源")
    reason = serializers.CharField(label="更正原因")


class EnteredSerializer(Plain):
    """A reported value that counts otherwise than when the month was published."""

    reported = serializers.IntegerField(label="报送数字的编号")
    organization = serializers.IntegerField(label="报送单位编号")
    organization_name = serializers.CharField(label="报送单位")
    measure = serializers.CharField(label="报送的指标")
    before = serializers.FloatField(allow_null=True, label="公布时计入的数；空：未计入")
    after = serializers.FloatField(allow_null=True, label="现在计入的数；空：不再计入")
    versions = LaterVersionSerializer(many=True, label="公布之后的各版本")


class RestatedSerializer(Plain):
    """A figure that differs now."""

    subject = serializers.CharField(label="统计主题")
    measure = serializers.CharField(label="指标")
    label_ = serializers.CharField(label="指标名称")
    unit = serializers.CharField(label="单位")
    dimensions = serializers.DictField(child=serializers.CharField(), label="维度的取值；空：合计")
    published = StatedSerializer(label="公布的")
    now = StatedSerializer(label="现在的")
    difference = CountedSerializer(label="相差")
    otherwise = CountedSerializer(label="其中不是由案件记录和报送数字引起的，如名册变动")
    cases = MovedSerializer(many=True, label=f"引起变动的案件，最多{MOST_NAMED}件")
    cases_left_out = serializers.IntegerField(label="此外还有多少件")
    entries = EnteredSerializer(many=True, label="引起变动的报送数字")


class RestatementPageSerializer(Page):
    """A page of the figures of an edition that differ now."""

    results = RestatedSerializer(many=True)


class StoodSerializer(ReportedSerializer):
    """A reported value as it stood when the month was published, and what was said since."""

    later = serializers.SerializerMethodField(label="公布之后的各版本")

    class Meta(ReportedSerializer.Meta):
        fields = (*ReportedSerializer.Meta.fields, "later")

    @extend_schema_field(LaterVersionSerializer(many=True))
    def get_later(self, row: ReportedVersion) -> Any:
        return [version_as_dict(each) for each in self.context["later"][row.figure_id]]


class StoodPageSerializer(Page):
    """The entries behind a published figure, as they stood."""

    value = serializers.FloatField(allow_null=True, label="公布的数；计数为各条 value 之和")
    results = StoodSerializer(many=True)
