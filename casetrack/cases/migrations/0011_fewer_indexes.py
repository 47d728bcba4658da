"""Three indexes of foreign keys go: one of the same table begins with the same column, and is read in their place."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_list_indexes"), ("organizations", "0002_cleared")]
    operations = [
        migrations.AlterField(
            "case",
            "organization",
            models.ForeignKey(
                "organizations.organization",
                db_index=False,
                on_delete=PROTECT,
                related_name="cases",
                verbose_name="承办机构",
            ),
        ),
        migrations.AlterField(
            "caseevent",
            "batch",
            models.ForeignKey(
                "cases.importbatch",
                db_index=False,
                null=True,
                on_delete=PROTECT,
                related_name="events",
                verbose_name="导入批次",
            ),
        ),
        migrations.AlterField(
            "caseevent",
            "case",
            models.ForeignKey(
                "cases.case", db_index=False, on_delete=PROTECT, related_name="events", verbose_name="案件"
            ),
        ),
    ]
