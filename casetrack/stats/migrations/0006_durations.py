"""How many cases took how many days, kept beside the cells."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_cleared"),
        ("stats", "0005_published_for_good"),
    ]

    operations = [
        migrations.CreateModel(
            name="Durations",
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
            options={
                "verbose_name": "办理天数",
                "verbose_name_plural": "办理天数",
                "indexes": [
                    models.Index(
                        condition=models.Q(("organization__isnull", True)),
                        fields=["region_code", "kind", "month"],
                        name="durations_of_region",
                    ),
                    models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["organization", "kind", "month"],
                        name="durations_of_organization",
                    ),
                    models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["region_code", "kind", "month"],
                        name="durations_in_region",
                    ),
                ],
            },
        ),
    ]
