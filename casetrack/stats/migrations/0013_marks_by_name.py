"""Marks of regions say which milestones changed, as those of offices. Those that wait already stand for all."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0012_lists_read_and_written_faster"),
    ]

    operations = [
        migrations.AddField(
            model_name="unsettledregion",
            name="names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), null=True, size=None, verbose_name="指标事件"
            ),
        ),
    ]
