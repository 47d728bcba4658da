"""The indexes that lists stand on, and the function that cuts a text into its characters and pairs of neighbours."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from casetrack.lib.grams import Grams

MAKE = """
CREATE FUNCTION casetrack_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN string_to_array($1, NULL) || ARRAY(
    SELECT one || next
    FROM unnest(string_to_array($1, NULL), (string_to_array($1, NULL))[2:]) AS pairs (one, next)
    WHERE next IS NOT NULL AND one <> E'\\n' AND next <> E'\\n'
)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_searching")]
    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION casetrack_grams(text)"),
        migrations.RemoveIndex("case", "case_by_region"),
        migrations.RemoveIndex("case", "case_due"),
        migrations.AddIndex(
            "case",
            models.Index(
                name="case_counted",
                fields=["kind", "region_code", "state", "received_on", "closed_on"],
                include=["restricted"],
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                name="case_lights",
                fields=["region_code", "kind", "due_on", "red_on", "yellow_on"],
                include=["restricted"],
                condition=Q(due_on__isnull=False),
            ),
        ),
        migrations.AddIndex("case", models.Index(name="case_by_id", fields=["id", "region_code", "kind"])),
        *(
            migrations.AddIndex("case", models.Index(name=name, fields=[column, "id", "region_code", "kind"]))
            for name, column in (
                ("case_by_received", "received_on"),
                ("case_by_closed", "closed_on"),
                ("case_by_due", "due_on"),
                ("case_by_number", "number"),
            )
        ),
        migrations.AddIndex(
            "case",
            GinIndex(name="case_values", fields=["values"], opclasses=["jsonb_path_ops"], fastupdate=False),
        ),
        migrations.AddIndex("case", GinIndex(Grams("search_text"), name="case_grams", fastupdate=False)),
    ]
