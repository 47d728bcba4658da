"""Counting cases by the day they were entered needs no more than the index, either."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_entries"),
        ("organizations", "0002_cleared"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_counted",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["kind", "region_code", "state", "received_on", "closed_on"],
                include=("restricted", "created_at"),
                name="case_counted",
            ),
        ),
    ]
