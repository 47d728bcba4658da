"""Whoever adds events shares a lock until the transaction ends, so that `casetrack.cases.marks` can wait for them."""

from django.db import migrations

LOCK = """
CREATE FUNCTION casetrack_entering() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(935730);
    RETURN NULL;
END $$;
CREATE TRIGGER entering BEFORE INSERT ON cases_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION casetrack_entering();
"""
UNLOCK = "DROP TRIGGER entering ON cases_caseevent; DROP FUNCTION casetrack_entering();"


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_jobs_of_tokens")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
