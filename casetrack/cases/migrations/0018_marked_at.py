"""Marks say since when they wait. Those that wait already wait from now."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_counted_by_entry"),
    ]

    operations = [
        migrations.AddField(
            model_name="unsettled",
            name="marked_at",
            field=models.DateTimeField(db_default=Now(), verbose_name="标记时间"),
        ),
    ]
