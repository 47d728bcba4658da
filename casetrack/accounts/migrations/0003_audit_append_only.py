"""The audit log refuses change, as the log of events does. TRUNCATE: see stats, 0014."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: nothing in it is changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
ALLOW = "DROP TRIGGER append_only ON accounts_auditentry; DROP FUNCTION audit_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
