"""/closings/{id}/archive/: an edition as one signed file, for those whom nothing in it is kept from."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from api.closings import open_subjects, visible_edition
from api.files import file_answer
from api.jobs import AnyRenderer
from api.permissions import CapabilityMissing, scope_able, user_of
from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action
from casetrack.accounts.token_scopes import EXPORT
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import scope_of
from casetrack.stats.closing.archive import export_to
from casetrack.stats.closing.published import is_cleared, is_open

ZIP = "application/zip"


class ClosingArchiveView(APIView):
    """一版的签名归档。"""

    token_scopes = {"GET": EXPORT.name}
    renderer_classes = [AnyRenderer]

    @extend_schema(
        summary="取一版的签名归档",
        description="含数字、指标定义、各数字的案件清单和事件链头，可离线核对（manage.py check_archive）；"
        "取得须留审计记录。其中有检举控告类案件的，只供可知悉此类案件的人员取得。",
        responses={(200, ZIP): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: str) -> FileResponse:
        edition, user = visible_edition(request, pk), user_of(request)
        scope_able(user, Capability.EXPORT)
        scope = scope_of(user)
        open_to = open_subjects(scope, edition, "")
        cleared = all(is_cleared(edition, each, scope) for each in open_to)
        if set(open_to) != set(edition.days) or not (cleared or is_open(edition)):
            raise CapabilityMissing(
                "归档含有该版的全部案件，其中有您无权知悉的；请由可知悉检举控告类案件、可办理各类案件的人员取得"
            )
        name = f"{edition.region_id}-{edition.month:%Y-%m}-{edition.number}.zip"
        with ExitStack() as unless_sent:
            file = unless_sent.enter_context(TemporaryFile())
            export_to(edition, file)
            file.seek(0)
            details = {"edition": edition.pk, "digest": edition.digest}
            about = About(region_code=edition.region_id)
            record(action=Action.EXPORT, actor=user, now=timezone.now(), about=about, details=details)
            unless_sent.pop_all()
        return file_answer(file, name=name, content_type=ZIP)
