"""Which keys what is sealed needs: by their short names, which everything sealed begins with."""

import base64

from allauth.mfa.models import Authenticator
from django.db import connection

from casetrack.accounts.rotation import quoted, sealed_tables
from casetrack.accounts.second_factor import SECRETS
from casetrack.lib.crypto import HEADER_BYTES, KEY_ID_BYTES, VERSION

NAMES = f"""
SELECT DISTINCT encode(substring({{column}} FROM {len(VERSION) + 1} FOR {KEY_ID_BYTES}), 'hex')
FROM {{table}} WHERE octet_length({{column}}) > 0
"""


def names_in_use() -> set[str]:
    """The short names of all keys that something in the database is sealed under."""
    return names_in_columns() | names_of_second_factors()


def names_in_columns() -> set[str]:
    """Also of a database that has not been upgraded yet, whose newest tables are still to come."""
    found, there = set(), set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sealed_tables():
            for column in table.columns if table.name in there else ():
                cursor.execute(NAMES.format(table=quoted(table.name), column=quoted(column)))
                found |= {name for (name,) in cursor.fetchall()}
    return found


def names_of_second_factors() -> set[str]:
    kept = Authenticator.objects.values_list("data", flat=True).iterator()
    seals = (base64.b64decode(data[name]) for data in kept for name in SECRETS if name in data)
    return {seal[len(VERSION) : HEADER_BYTES].hex() for seal in seals}
