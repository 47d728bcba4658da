"""Regions and organizations are found by characters of their names, with the function that lists of cases brought."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from casetrack.lib.grams import Grams


class Migration(migrations.Migration):
    dependencies = [("organizations", "0007_moves_append_only"), ("cases", "0010_list_indexes")]
    operations = [
        migrations.AddIndex("organization", GinIndex(Grams("name"), name="organization_grams", fastupdate=False)),
        migrations.AddIndex("region", GinIndex(Grams("name"), name="region_grams", fastupdate=False)),
    ]
