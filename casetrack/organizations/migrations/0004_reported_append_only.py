"""What was reported refuses change: a correction is a further version. TRUNCATE: see stats, 0014."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reported_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: enter a further version instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organizations_reportedfigure
    FOR EACH STATEMENT EXECUTE FUNCTION reported_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organizations_reportedversion
    FOR EACH STATEMENT EXECUTE FUNCTION reported_refuse_change();
"""
ALLOW = """
DROP TRIGGER append_only ON organizations_reportedversion;
DROP TRIGGER append_only ON organizations_reportedfigure;
DROP FUNCTION reported_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_reported")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
