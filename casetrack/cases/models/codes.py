"""Codes by which those concerned ask how their own case stands."""

from django.db import models

from casetrack.accounts.fields import EncryptedTextField
from casetrack.accounts.models import User
from casetrack.cases.models.record import Case


class QueryCode(models.Model):
    """The code on an acceptance slip. Sealed, so that it can be printed again; found by its index alone."""

    case = models.OneToOneField(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="query_code")
    code = EncryptedTextField("查询码")
    code_index = models.CharField("查询码索引", max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField("生成时间")
    issued_by = models.ForeignKey(
        User, verbose_name="生成人", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "查询码"
        verbose_name_plural = "查询码"

    def __str__(self) -> str:
        return f"{self.case_id}"
