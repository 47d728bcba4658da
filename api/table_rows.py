"""The rows of /reports/tables/: columns, lines and checks of a table, and the lists that lie behind its cells."""

from typing import Any

from rest_framework import serializers

from api.serializers import Page, Plain
from reports.linking import Lists
from reports.tables.balancing import Balanced
from reports.tables.explaining import digest_of
from reports.tables.filling import Filled


class TableNameSerializer(Plain):
    """A table that can be asked for."""

    name = serializers.CharField(label="表名；同一统计表的各版以冒号相连，不写版名则按统计期取用")
    title = serializers.CharField(label="统计表")
    file = serializers.CharField(label="取文件的网址，另填地区和期间")


class TableNamePageSerializer(Page):
    """All tables: one page."""

    results = TableNameSerializer(many=True)


class TableColumnSerializer(Plain):
    """A column."""

    key = serializers.CharField(label="栏的代码")
    headings = serializers.ListField(child=serializers.CharField(), label="表头，自上而下")
    unit = serializers.CharField(label="单位")
    definition = serializers.CharField(label="定义")
    hidden = serializers.CharField(label="是否打印：never 打印，always 只供校验，where_empty 没有数字时不打印")


class TableCellSerializer(Plain):
    """A cell."""

    key = serializers.CharField(label="栏的代码")
    value = serializers.FloatField(allow_null=True, label="数值，比率为小数；空：见 text")
    text = serializers.CharField(label="没有数值时所显示的：—分母为零，×没有此项，未报")
    cases = serializers.ListField(
        child=serializers.CharField(), label="数字背后的案件（或报送记录）的网址，各网址之和即该数；空：取自名册或没有"
    )


class TableLineSerializer(Plain):
    """A line."""

    label_ = serializers.CharField(label="行")
    total = serializers.BooleanField(label="是合计")
    cells = TableCellSerializer(many=True, label="各栏")


class TableCheckSerializer(Plain):
    """Something that was checked."""

    code = serializers.CharField(label="编号")
    words = serializers.CharField(label="校验关系")
    place = serializers.CharField(label="哪一行或哪一栏")
    left = serializers.FloatField(label="左边")
    right = serializers.FloatField(label="右边")
    verdict = serializers.CharField(label="结论")


class OneTableSerializer(Plain):
    """A table, filled."""

    title = serializers.CharField(label="统计表")
    form = serializers.CharField(label="栏目的依据")
    columns = TableColumnSerializer(many=True, label="栏")
    lines = TableLineSerializer(many=True, label="行")
    checks = TableCheckSerializer(many=True, label="校验")
    digest = serializers.CharField(label="数字的 sha256 摘要，与文件“说明”页所列相同")


class TablesSerializer(Plain):
    """What stands on the sheets of a book."""

    region = serializers.CharField(label="区划代码")
    region_name = serializers.CharField(label="地区名称")
    from_ = serializers.DateField(label="统计期的开始日")
    to = serializers.DateField(label="统计期的结束日")
    as_of = serializers.DateField(label="截止日")
    edition = serializers.CharField(label="已公布的版次；空：未结账")
    left_out = serializers.BooleanField(label="您无权知悉的检举控告件未计入")
    tables = OneTableSerializer(many=True, label="统计表")


def table_row(balanced: Balanced, lists: Lists) -> dict[str, Any]:
    table = balanced.sheetful.table
    return {
        "title": table.title,
        "form": table.form,
        "columns": [
            {
                "key": each.key,
                "headings": list(each.headings),
                "unit": each.unit,
                "definition": each.note,
                "hidden": each.hidden.value,
            }
            for each in table.columns
        ],
        "lines": [line_row(line, lists) for line in balanced.sheetful.lines],
        "checks": [
            {
                "code": each.code,
                "words": each.words,
                "place": each.place,
                "left": float(each.left),
                "right": float(each.right),
                "verdict": each.verdict,
            }
            for each in balanced.checks
        ],
        "digest": digest_of(balanced.sheetful),
    }


def line_row(line: Filled, lists: Lists) -> dict[str, Any]:
    cells = [
        {
            "key": key,
            "value": None if isinstance(cell.value, str) else float(cell.value),
            "text": cell.value if isinstance(cell.value, str) else "",
            "cases": [found for each in cell.figures if (found := lists.behind(each, cell.part))],
        }
        for key, cell in line.cells.items()
    ]
    return {"label": line.label, "total": line.is_sum, "cells": cells}
