"""Cells side by side in blocks, and a view that shows them one by one; all are counted anew by the next settling."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import TruncMonth

SHOWN = """
CREATE VIEW stats_cell AS
SELECT b.id AS block_id, b.region_code, b.organization_id, b.kind, e.name, e.received_month, b.month, b.restricted,
  b.breakdown,
  jsonb_strip_nulls(jsonb_object(
    b.dims, CASE cardinality(b.dims) WHEN 1 THEN ARRAY[nullif(e.key, '')] ELSE string_to_array(e.key, '|', '') END
  )) AS dimensions,
  e.cases, e.persons, e.cents, e.in_time
FROM stats_cellblock b, unnest(b.names, b.received_months, b.keys, b.cases, b.persons, b.cents, b.in_time)
  AS e (name, received_month, key, cases, persons, cents, in_time)
"""
TOGETHER = ("township", "village")


def mark_everything(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    milestones, marks = apps.get_model("cases", "Milestone"), apps.get_model("cases", "Unsettled")
    apps.get_model("stats", "UnsettledRegion").objects.filter(region__level__in=TOGETHER).delete()
    months = milestones.objects.annotate(month=TruncMonth("happened_on")).order_by()
    found = months.values_list("organization", "kind", "month").distinct()
    marks.objects.bulk_create(
        [marks(organization_id=office, kind=kind, month=month) for office, kind, month in found], batch_size=5000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_jobs"),
        ("organizations", "0001_initial"),
        ("stats", "0002_restricted"),
    ]

    operations = [
        migrations.DeleteModel(name="Cell"),
        migrations.CreateModel(
            name="CellBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("kind", models.CharField(max_length=32, verbose_name="案件种类")),
                ("month", models.DateField(verbose_name="发生月份")),
                ("restricted", models.BooleanField(default=False, verbose_name="限制知悉")),
                ("breakdown", models.CharField(max_length=100, verbose_name="分组")),
                *(
                    (name, django.contrib.postgres.fields.ArrayField(base_field=base, size=None, verbose_name=label))
                    for name, base, label in (
                        ("names", models.TextField(), "指标事件"),
                        ("received_months", models.DateField(), "收到月份"),
                        ("keys", models.TextField(), "维度值"),
                        ("cases", models.IntegerField(), "件数"),
                        ("persons", models.BigIntegerField(), "人数"),
                        ("cents", models.BigIntegerField(), "金额（分）"),
                        ("in_time", models.IntegerField(), "按期件数"),
                    )
                ),
                (
                    "dims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None, verbose_name="维度名"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={"verbose_name": "统计单元块", "verbose_name_plural": "统计单元块"},
        ),
        migrations.AddIndex(
            model_name="cellblock",
            index=models.Index(
                condition=models.Q(("organization__isnull", True)),
                fields=["region_code", "kind", "breakdown", "month"],
                name="block_of_region",
            ),
        ),
        migrations.AddIndex(
            model_name="cellblock",
            index=models.Index(
                condition=models.Q(("organization__isnull", False)),
                fields=["organization", "kind", "month"],
                name="block_of_organization",
            ),
        ),
        migrations.AddIndex(
            model_name="cellblock",
            index=models.Index(
                condition=models.Q(("organization__isnull", False)),
                fields=["region_code", "kind", "month"],
                name="block_in_region",
            ),
        ),
        migrations.RunSQL(SHOWN, "DROP VIEW stats_cell"),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("block_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="单元块")),
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("kind", models.CharField(max_length=32, verbose_name="案件种类")),
                ("name", models.CharField(max_length=40, verbose_name="指标事件")),
                ("received_month", models.DateField(verbose_name="收到月份")),
                ("month", models.DateField(verbose_name="发生月份")),
                ("restricted", models.BooleanField(default=False, verbose_name="限制知悉")),
                ("breakdown", models.CharField(max_length=100, verbose_name="分组")),
                ("dimensions", models.JSONField(default=dict, verbose_name="维度")),
                ("cases", models.IntegerField(verbose_name="件数")),
                ("persons", models.BigIntegerField(verbose_name="人数")),
                ("cents", models.BigIntegerField(verbose_name="金额（分）")),
                ("in_time", models.IntegerField(verbose_name="按期件数")),
            ],
            options={
                "verbose_name": "统计单元",
                "verbose_name_plural": "统计单元",
                "db_table": "stats_cell",
                "managed": False,
            },
        ),
        migrations.RunPython(mark_everything, migrations.RunPython.noop),
    ]
