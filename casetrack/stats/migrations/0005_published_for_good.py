"""What was published refuses change, as the log of events does. TRUNCATE: see stats, 0014."""

from django.db import migrations

TABLES = ("monthreport", "definitions", "edition", "publishedfigures")
FUNCTION = """
CREATE FUNCTION published_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes: restate it by a further edition', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
REFUSE = FUNCTION + "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stats_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION published_refuse_change();\n"
    for table in TABLES
)
ALLOW = "".join(f"DROP TRIGGER append_only ON stats_{table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("stats", "0004_closing")]
    operations = [migrations.RunSQL(REFUSE, ALLOW + "DROP FUNCTION published_refuse_change();")]
