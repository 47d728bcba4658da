"""The model field that keeps personal data sealed in the database, and the index that finds it again."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from casetrack.lib import crypto

if TYPE_CHECKING:
    TextField = models.Field[str, str]
else:
    TextField = models.Field

SEPARATORS = re.compile(r"[\s\-‐-―－()（）]")
ONLY_LOOKUP = "isnull"


class EncryptedTextField(TextField):
    """A text that only the application can read. It can't be searched: keep a `blind_index` beside it."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        return crypto.seal(str(value), keys=settings.FIELD_KEYS) if value else b""

    def from_db_value(
        self, value: bytes | memoryview | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        if value is None:
            return None
        return crypto.unseal(bytes(value), keys=settings.FIELD_KEYS) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != ONLY_LOOKUP:
            raise FieldError(f"{self.name} is sealed and never equals what it was: look for its blind_index")
        return super().get_lookup(lookup_name)

    def to_python(self, value: Any) -> str | None:
        return None if value is None else str(value)


def normal_form(value: str) -> str:
    """The one way to write a number: half-width, capital letters, without spaces, dashes or brackets."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", value)).upper()


def blind_index(value: str) -> str:
    """What stands beside a sealed value; empty for an empty one."""
    plain = normal_form(value)
    return crypto.blind_index(plain, key=settings.FIELD_KEYS[0]) if plain else ""


def blind_indexes(value: str) -> list[str]:
    """What a sealed value may be indexed by while keys are being changed: one a key, for `__in`."""
    plain = normal_form(value)
    return [crypto.blind_index(plain, key=key) for key in settings.FIELD_KEYS] if plain else []
