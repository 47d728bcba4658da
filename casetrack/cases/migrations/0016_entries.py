"""The entry of every case that there is, as the milestone that new cases make; all is counted anew by the next settling.

`entered` beside `imported`, and fifteen days: as casetrack.cases.entry declared them when this was written.
"""

from django.db import migrations

ENTRIES = """
INSERT INTO cases_milestone (case_id, event_id, organization_id, region_code, kind, restricted, name, happened_on,
  received_on, dimensions, persons, cents, in_time)
SELECT m.case_id, m.event_id, m.organization_id, m.region_code, m.kind, m.restricted,
  CASE WHEN e.batch_id IS NULL THEN 'entered' ELSE 'imported' END,
  (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, m.received_on, m.dimensions, 1, 0,
  (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date - m.received_on <= 15
FROM cases_milestone m JOIN cases_caseevent e ON e.case_id = m.case_id AND e.sequence = 1 WHERE m.name = 'received'
"""
MARKS = """
INSERT INTO cases_unsettled (organization_id, kind, month)
SELECT DISTINCT organization_id, kind, date_trunc('month', happened_on)::date FROM cases_milestone
"""
NO_ENTRIES = "DELETE FROM cases_milestone WHERE name IN ('entered', 'imported')"


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_entering")]

    operations = [
        migrations.RunSQL(ENTRIES, NO_ENTRIES),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
    ]
