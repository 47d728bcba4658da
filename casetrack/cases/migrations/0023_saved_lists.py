import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casetrack.accounts.fields


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0022_late_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("query", casetrack.accounts.fields.EncryptedTextField(verbose_name="条件")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="所有人",
                    ),
                ),
            ],
            options={
                "verbose_name": "常用筛选",
                "verbose_name_plural": "常用筛选",
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="saved_list_named_once"),
                ],
            },
        ),
    ]
