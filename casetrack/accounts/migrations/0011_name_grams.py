"""People are found by characters of their names; the function that cuts names up came with the lists of cases."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from casetrack.lib.grams import Grams


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_calendar_feeds"), ("cases", "0010_list_indexes")]
    operations = [migrations.AddIndex("user", GinIndex(Grams("display_name"), name="user_grams", fastupdate=False))]
