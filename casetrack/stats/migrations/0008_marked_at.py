"""Marks of regions say since when they wait, as those of offices."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0007_seats"),
    ]

    operations = [
        migrations.AddField(
            model_name="unsettledregion",
            name="marked_at",
            field=models.DateTimeField(db_default=Now(), verbose_name="标记时间"),
        ),
    ]
