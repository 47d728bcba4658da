"""The version of a row that keeps no count of its changes: a digest of what it says.

Whoever changes such a row, a person or a register that is read in, changes its version with it. The digest is keyed, or
a telephone number could be found out by trying them all.
"""

import json

from django.db.models import Model
from django.utils.crypto import salted_hmac

from casetrack.kinds.refusals import Refused

SALT = "casetrack.accounts.versions"
DIGITS = 32
NO_CHANGE = {"last_login"}  # whoever logs in is the same as before


class RowChanged(Refused):
    """The row changed since the caller read it."""

    code = "version_passed"


def version_of(row: Model) -> str:
    """What is derived from other fields, such as blind indexes, doesn't count: it changes with the keys alone."""
    said = [
        str(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.editable and field.name not in NO_CHANGE
    ]
    return salted_hmac(SALT, json.dumps([row._meta.label_lower, *said]), algorithm="sha256").hexdigest()[:DIGITS]


def refuse_unless_at(row: Model, version: str | None) -> None:
    """Call with the row locked. None is whoever takes the row as it stands."""
    if version is not None and version_of(row) != version:
        raise RowChanged(f"这一{row._meta.verbose_name}已被他人更新，请重新读取后再修改")
