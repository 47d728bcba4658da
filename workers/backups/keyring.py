"""The keys that a backup needs, in a file of their own: lines as an environment file has them."""

import base64
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from casetrack.lib.crypto import key_id
from casetrack.lib.env import SettingRefused, envhidden, field_keys
from casetrack.lib.files import put
from casetrack.lib.os_errors import reason_of
from workers.backups.refusals import BackupRefused, RestoreRefused
from workers.backups.writing import open_closed, refused_existing, sync_folder

FIELD_KEY, SIGNING_KEY = "CASETRACK_FIELD_KEY", "CASETRACK_SIGNING_KEY"
SAYS = "# Casetrack 的密钥，与备份文件分开保管；没有它们，备份无法恢复。字段密钥短名：{names}\n"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of personal data, and the one that signs archives of editions."""

    field: Sequence[bytes]
    signing: str = ""

    def lacking(self, names: Collection[str]) -> list[str]:
        return sorted(set(names) - set(names_of(self.field)))

    @property
    def listed(self) -> str:
        """As CASETRACK_FIELD_KEY has them."""
        return ",".join(base64.b64encode(key).decode() for key in self.field)

    def written(self) -> str:
        lines = [SAYS.format(names="、".join(names_of(self.field))), f"{FIELD_KEY}={self.listed}\n"]
        return "".join([*lines, f"{SIGNING_KEY}={self.signing}\n" if self.signing else ""])


def names_of(keys: Sequence[bytes]) -> list[str]:
    return [key_id(key).hex() for key in keys]


def configured() -> Keyring:
    """What this process was started with."""
    return Keyring(list(settings.FIELD_KEYS), settings.SIGNING_KEY)


def write(path: Path) -> None:
    """The keys in a new file, for its owner alone; one that holds just these is left as it is."""
    text = configured().written()
    try:
        if path.exists():
            if path.read_text(encoding="utf-8", errors="replace") != text:
                raise refused_existing(path)
            return
        with open_closed(path) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise BackupRefused(f"无法写入密钥文件“{path}”：{reason_of(error)}") from error


def kept_by_us() -> bool:
    """Whether the service keeps its keys in its data folder, because nobody gave it any."""
    return bool(settings.TRIAL) and not envhidden(FIELD_KEY)


def keep(keys: Keyring) -> None:
    """These in place of those that were made when this data folder was new."""
    for name, text in (("field_key", keys.listed), ("signing_key", keys.signing)):
        path = settings.SECRETS / name
        if text and path.read_text().strip() != text:
            put(data=f"{text}\n".encode(), path=path)
            path.chmod(0o600)


def read(path: Path) -> Keyring:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "不是文本"
        raise RestoreRefused(f"无法读取密钥文件“{path}”：{why}") from error
    lines = (line.partition("=") for line in text.splitlines() if not line.lstrip().startswith("#"))
    held = {name.strip(): value.strip() for name, _, value in lines}
    if not held.get(FIELD_KEY):
        raise RestoreRefused(f"密钥文件“{path}”中没有 {FIELD_KEY}=…；请指定备份时用 --keys 写成的文件")
    try:
        return Keyring(field_keys(held[FIELD_KEY]), held.get(SIGNING_KEY, ""))
    except SettingRefused as refused:
        raise RestoreRefused(f"密钥文件“{path}”不能用：{refused}") from refused
