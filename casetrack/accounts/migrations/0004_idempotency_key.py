"""The answered requests move here from the API. The table stays where and as it is."""

from django.conf import settings
from django.db import migrations, models

import casetrack.accounts.fields


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_audit_append_only"), ("api", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=255, verbose_name="幂等键")),
                        ("digest", models.CharField(max_length=64, verbose_name="请求摘要")),
                        ("status", models.PositiveSmallIntegerField(default=0, verbose_name="响应状态")),
                        ("headers", models.JSONField(default=dict, verbose_name="响应头")),
                        (
                            "body",
                            casetrack.accounts.fields.EncryptedTextField(
                                blank=True, default="", verbose_name="响应内容"
                            ),
                        ),
                        ("created_at", models.DateTimeField(db_index=True, verbose_name="时间")),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "幂等键",
                        "verbose_name_plural": "幂等键",
                        "db_table": "api_idempotencykey",
                        "constraints": [models.UniqueConstraint(fields=("user", "key"), name="idempotency_key_unique")],
                    },
                ),
            ],
        ),
    ]
