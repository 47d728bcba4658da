"""What is only ever added to is not emptied either: TRUNCATE passes by the triggers that refuse changes of rows."""

from django.db import migrations

REFUSE = """
DO $$
DECLARE guarded record;
BEGIN
    -- not the function that lets events be erased (cases 0033): that one goes when its migration is taken back
    FOR guarded IN SELECT tgrelid::regclass AS name,
        replace(tgfoid::regproc::text, 'casetrack_guard_event', 'casetrack_refuse_change') AS refuses FROM pg_trigger
        WHERE tgname = 'append_only' AND NOT EXISTS (
            SELECT FROM pg_trigger AS other WHERE other.tgrelid = pg_trigger.tgrelid AND other.tgname = 'never_emptied'
        )
    LOOP
        EXECUTE format(
            'CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()',
            guarded.name, guarded.refuses
        );
    END LOOP;
END $$;
"""
ALLOW = """
DO $$
DECLARE guarded record;
BEGIN
    FOR guarded IN SELECT tgrelid::regclass AS name FROM pg_trigger WHERE tgname = 'never_emptied'
    LOOP
        EXECUTE format('DROP TRIGGER never_emptied ON %s', guarded.name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0013_marks_by_name"),
        ("accounts", "0003_audit_append_only"),
        ("cases", "0002_append_only"),
        ("organizations", "0007_moves_append_only"),
    ]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
