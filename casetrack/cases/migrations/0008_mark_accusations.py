"""Accusations logged before `restricted` was kept get it here, as their fold would say, and their months are counted
anew. A migration of its own: a table can't be altered in the transaction that has written to it.
"""

from django.db import migrations

MARK = """
UPDATE cases_case SET restricted = true WHERE kind = 'petition' AND "values" ->> 'purpose' = 'accusation';
UPDATE cases_milestone m SET restricted = true FROM cases_case c WHERE c.id = m.case_id AND c.restricted;
UPDATE cases_deadline d SET restricted = true FROM cases_case c WHERE c.id = d.case_id AND c.restricted;
INSERT INTO cases_unsettled (organization_id, kind, month)
SELECT DISTINCT organization_id, kind, date_trunc('month', happened_on)::date FROM cases_milestone WHERE restricted;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_restricted")]
    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
