"""Where an organization once lay refuses change. TRUNCATE: see stats, 0014."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION formerregion_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: enter a further move instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON organizations_formerregion
    FOR EACH STATEMENT EXECUTE FUNCTION formerregion_refuse_change();
"""
ALLOW = """
DROP TRIGGER append_only ON organizations_formerregion;
DROP FUNCTION formerregion_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0006_moves")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
