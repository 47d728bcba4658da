"""Where offices have cells, noted so that those that moved are found without reading all cells."""

import django.db.models.deletion
from django.db import migrations, models


NOTE = """
INSERT INTO stats_seat (organization_id, region_code)
SELECT DISTINCT organization_id, region_code FROM stats_cellblock WHERE organization_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_cleared"),
        ("stats", "0006_durations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(max_length=12, verbose_name="区划代码")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构所在",
                "verbose_name_plural": "机构所在",
                "indexes": [models.Index(fields=["region_code"], name="seat_in_region")],
                "constraints": [models.UniqueConstraint(fields=("organization", "region_code"), name="seat_unique")],
            },
        ),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
    ]
