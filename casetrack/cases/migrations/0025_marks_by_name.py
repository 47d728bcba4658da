"""Marks say which milestones changed, by their names. Those that wait already stand for all."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_query_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="unsettled",
            name="names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), null=True, size=None, verbose_name="指标事件"
            ),
        ),
        migrations.RemoveIndex(model_name="milestone", name="milestone_by_organization"),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(
                fields=["organization", "kind", "happened_on", "name"], name="milestone_by_organization"
            ),
        ),
    ]
