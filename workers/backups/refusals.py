"""Why a backup was not made, or not restored; said so that a person can do something about it."""


class BackupRefused(Exception):
    """No backup was written."""


class RestoreRefused(Exception):
    """Nothing was restored, or not all of it; the message says what to do."""


class ArchiveRefused(RestoreRefused):
    """The file is no backup, not a whole one, or not as it was written."""
