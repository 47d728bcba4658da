"""The further breakdowns of petitions and legal aid, which the official tables read: regions are counted anew.

Offices' own cells keep all dimensions together, and so hold them already.
"""

from django.db import migrations

MARKS = """
INSERT INTO stats_unsettledregion (region_id, kind, month)
SELECT DISTINCT region_code, kind, month FROM stats_cellblock
WHERE organization_id IS NULL AND kind IN ('petition', 'legal_aid')
"""


class Migration(migrations.Migration):
    dependencies = [("stats", "0008_marked_at"), ("organizations", "0005_subdistrict_committees")]

    operations = [migrations.RunSQL(MARKS, migrations.RunSQL.noop)]
