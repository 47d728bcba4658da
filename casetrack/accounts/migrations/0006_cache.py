"""The table of Django's database cache, as `createcachetable` would make it: what guessers of passwords have used up."""

from django.db import migrations

CREATE = """
CREATE TABLE accounts_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""
DROP = "DROP TABLE accounts_cache;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_token_scopes")]
    operations = [migrations.RunSQL(CREATE, DROP)]
