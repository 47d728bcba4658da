"""The log of events refuses change: a correction is a further event.

TRUNCATE is refused by a trigger of its own (stats, 0014).
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casetrack_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: record a correcting event instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION casetrack_refuse_change();
"""
ALLOW = "DROP TRIGGER append_only ON cases_caseevent; DROP FUNCTION casetrack_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
