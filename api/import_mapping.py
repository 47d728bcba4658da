"""How the sheets of an import were understood, and how they are to be read: as a program sees and says it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import Plain
from casetrack.cases.ledgers.mapping import MappingRefused, mappings_of
from casetrack.cases.ledgers.outline import Surety


class FormFlag(serializers.BooleanField):
    """Yes or no in a form, where all is text: true or false, and no number that may have slipped in."""

    TRUE_VALUES = {"true", "True", True}
    FALSE_VALUES = {"false", "False", False}
    NULL_VALUES: set[str | None] = set()
    default_error_messages = {"invalid": "请填写 true 或 false"}


class OutlinedColumnSerializer(Plain):
    """A column of a sheet and what it is taken for."""

    column = serializers.IntegerField(label="第几列，从1起")
    heading = serializers.CharField(label="表头")
    field = serializers.CharField(label="字段；空：不导入。surety 为 guess 的是建议，没有据以导入")
    surety = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in Surety if each], allow_blank=True, label="依据；空：未识别"
    )


class OutlineSerializer(Plain):
    """The headings of a sheet, to be mapped by hand where they were not understood."""

    ledger = serializers.CharField(label="哪种台账或名册，最接近的；空：没有")
    heading_row = serializers.IntegerField(label="表头的第一行是第几行")
    heading_rows = serializers.IntegerField(label="表头占几行")
    digest = serializers.CharField(label="表头的摘要，表头相同的工作表摘要相同")
    columns = OutlinedColumnSerializer(many=True, label="各列")


class MappedColumnSerializer(Plain):
    """A heading and the field that it is."""

    heading = serializers.CharField(required=False, allow_blank=True, label="表头；写明 column 的可以不写")
    field = serializers.CharField(allow_blank=True, label="字段，如 accepted_on；空：不导入")
    column = serializers.IntegerField(required=False, label="第几列，从1起；只在几列表头相同时需要")


class SheetMappingSerializer(Plain):
    """How a sheet is to be read."""

    ledger = serializers.CharField(allow_blank=True, label="哪种台账或名册，如 mediation；空：这张表不导入")
    file = serializers.CharField(required=False, allow_blank=True, label="文件名；不写：各文件")
    sheet = serializers.CharField(required=False, allow_blank=True, label="工作表；不写：各工作表")
    heading_row = serializers.IntegerField(required=False, label="表头的第一行是第几行；不写：由系统寻找")
    heading_rows = serializers.IntegerField(required=False, label="表头占几行，1或2")
    columns = MappedColumnSerializer(
        many=True, required=False, allow_null=True, label="各列，没有写到的不导入；不写：由表头识别"
    )


@extend_schema_field(SheetMappingSerializer(many=True))
class MappingField(serializers.JSONField):
    """How sheets are to be read, as JSON."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return mappings_of(super().to_internal_value(data))
        except MappingRefused as refused:
            raise serializers.ValidationError(str(refused)) from refused
