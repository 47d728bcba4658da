"""How strong a password must be, beyond what Django's validators say in Chinese themselves."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Length counts for more than odd characters (NIST SP 800-63B); only Django's words for it are not translated."""

    def get_error_message(self) -> str:
        return f"密码太短，至少{self.min_length}个字符；几个不相干的词连起来又长又好记"

    def get_help_text(self) -> str:
        return f"密码至少{self.min_length}个字符。"
