"""How strong a password must be, beyond what Django's validators say in Chinese themselves; and those for one use."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import MinimumLengthValidator

ONE_TIME = timedelta(days=3)
"""From a Friday to a Monday; a password that was handed over and not used by then opens nothing any more."""
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another when read out
GROUPS, IN_GROUP = 4, 4  # 79 bits


def one_time_password() -> str:
    """A password to hand over: it logs in, and then only to be changed."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(IN_GROUP)) for _ in range(GROUPS))


class LongEnough(MinimumLengthValidator):
    """Length counts for more than odd characters (NIST SP 800-63B); only Django's words for it are not translated."""

    def get_error_message(self) -> str:
        return f"密码太短，至少{self.min_length}个字符；几个不相干的词连起来又长又好记"

    def get_help_text(self) -> str:
        return f"密码至少{self.min_length}个字符。"
