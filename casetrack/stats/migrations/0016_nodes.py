"""Nodes, and the tables whose partitions they are: without nodes there is none, and postgres_fdw is not needed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

HELD = """
CREATE TABLE stats_nodeblock (LIKE stats_cellblock) PARTITION BY RANGE (region_code);
CREATE TABLE stats_nodedurations (LIKE stats_durations) PARTITION BY RANGE (region_code);
CREATE TABLE stats_nodestanding (
  region_code varchar(12) NOT NULL, kind varchar(32) NOT NULL, breakdowns text[] NOT NULL, waiting_from date
) PARTITION BY RANGE (region_code);
"""
GONE = "DROP TABLE stats_nodeblock, stats_nodedurations, stats_nodestanding"


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_name_grams"),
        ("stats", "0015_anchored_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="NodeBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("kind", models.CharField(max_length=32, verbose_name="案件种类")),
                ("month", models.DateField(verbose_name="发生月份")),
                ("restricted", models.BooleanField(default=False, verbose_name="限制知悉")),
                ("breakdown", models.CharField(max_length=100, verbose_name="分组")),
                (
                    "dims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None, verbose_name="维度名"
                    ),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="指标事件"
                    ),
                ),
                (
                    "received_months",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), size=None, verbose_name="收到月份"
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="维度值"
                    ),
                ),
                (
                    "cases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="件数"
                    ),
                ),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="人数"
                    ),
                ),
                (
                    "cents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="金额（分）"
                    ),
                ),
                (
                    "in_time",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="按期件数"
                    ),
                ),
            ],
            options={
                "verbose_name": "节点的统计单元块",
                "verbose_name_plural": "节点的统计单元块",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="NodeDurations",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("kind", models.CharField(max_length=32, verbose_name="案件种类")),
                ("month", models.DateField(verbose_name="发生月份")),
                ("restricted", models.BooleanField(default=False, verbose_name="限制知悉")),
                ("name", models.CharField(max_length=40, verbose_name="指标事件")),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="天数"
                    ),
                ),
                (
                    "cases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="件数"
                    ),
                ),
            ],
            options={
                "verbose_name": "节点的办理天数",
                "verbose_name_plural": "节点的办理天数",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="NodeStanding",
            fields=[
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                ("kind", models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name="案件种类")),
                (
                    "breakdowns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="分组"
                    ),
                ),
                ("waiting_from", models.DateField(null=True, verbose_name="待汇总的最早月份")),
            ],
            options={
                "verbose_name": "节点的状况",
                "verbose_name_plural": "节点的状况",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organizations.region",
                        verbose_name="地区",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="加入时间")),
            ],
            options={
                "verbose_name": "节点",
                "verbose_name_plural": "节点",
            },
        ),
        migrations.RunSQL(HELD, GONE),
    ]
