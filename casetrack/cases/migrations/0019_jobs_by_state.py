"""Lists of jobs are narrowed by what became of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_marked_at"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "-id"], name="job_by_state"),
        ),
    ]
