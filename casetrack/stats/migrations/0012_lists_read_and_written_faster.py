"""Lists of blocks shown as columns side by side, and those of numbers kept as they are, not compressed.

Of regions only the widest breakdowns are kept from now on: all is counted anew by the next settling.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import TruncMonth

SHOWN = """
CREATE OR REPLACE VIEW stats_cell AS
SELECT b.id AS block_id, b.region_code, b.organization_id, b.kind, e.name, e.received_month, b.month, b.restricted,
  b.breakdown,
  jsonb_strip_nulls(jsonb_object(
    b.dims, CASE cardinality(b.dims) WHEN 1 THEN ARRAY[nullif(e.key, '')] ELSE string_to_array(e.key, '|', '') END
  )) AS dimensions,
  e.cases, e.persons, e.cents, e.in_time
FROM stats_cellblock b, {}
"""
SIDE_BY_SIDE = """LATERAL (
  SELECT unnest(b.names) AS name, unnest(b.received_months) AS received_month, unnest(b.keys) AS key,
    unnest(b.cases) AS cases, unnest(b.persons) AS persons, unnest(b.cents) AS cents, unnest(b.in_time) AS in_time
) AS e"""
PUT_ASIDE = """unnest(b.names, b.received_months, b.keys, b.cases, b.persons, b.cents, b.in_time)
  AS e (name, received_month, key, cases, persons, cents, in_time)"""
NUMBERS = ("received_months", "cases", "persons", "cents", "in_time")


def kept(storage: str) -> str:
    changes = ", ".join(f"ALTER COLUMN {name} SET STORAGE {storage}" for name in NUMBERS)
    return f"ALTER TABLE stats_cellblock {changes}"


def mark_everything(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    milestones, marks = apps.get_model("cases", "Milestone"), apps.get_model("cases", "Unsettled")
    months = milestones.objects.annotate(month=TruncMonth("happened_on")).order_by()
    found = months.values_list("organization", "kind", "month").distinct()
    marks.objects.bulk_create(
        (marks(organization_id=office, kind=kind, month=month) for office, kind, month in found), batch_size=5000
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_report_checks"), ("stats", "0011_value_mark")]

    operations = [
        migrations.RunSQL(SHOWN.format(SIDE_BY_SIDE), SHOWN.format(PUT_ASIDE)),
        migrations.RunSQL(kept("EXTERNAL"), kept("EXTENDED")),
        migrations.RunPython(mark_everything, mark_everything),  # back again, narrow ones are wanted,
    ]
