"""What a token may be used for. Tokens issued before keep what they could do: read, write and statistics."""

import django.contrib.postgres.fields
from django.db import migrations, models


KEEP = "UPDATE accounts_token SET scopes = ARRAY['read', 'statistics', 'write']"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_idempotency_key"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), default=list, size=None, verbose_name="用途范围"
            ),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="user",
            name="is_service",
            field=models.BooleanField(
                default=False, help_text="供程序使用：只能凭令牌，不能登录", verbose_name="服务账号"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_service", False), ("password__startswith", "!"), _connector="OR"),
                name="service_account_has_no_password",
            ),
        ),
    ]
