"""Files that are sent in: sealed as they arrive, so that neither memory nor the disk ever holds one in clear."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from casetrack.cases.jobs import store
from casetrack.cases.jobs.imports import SentFile
from casetrack.cases.ledgers.workbooks import LARGEST_FILE, MEGABYTE
from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import OLE2, ZIP
from casetrack.lib.sealed_files import SealedWriter

if TYPE_CHECKING:
    File = UploadedFile[bytes]
else:
    File = UploadedFile

LARGEST_REQUEST = 2 * LARGEST_FILE
LITTLE_MORE = 10 * MEGABYTE  # of a request: what is around its files; and a file so much too large is told at its form
BEGINNING = 4096  # bytes by which a file shows what it is


class UploadTooLarge(Refused, SuspiciousOperation):
    """More was sent than is taken in; met before any view, where a form's token is looked for, a bad request."""

    code = "too_large"


class SealedUpload(File):
    """A file as it came in. Removed when the request ends, unless it was handed over to a job."""

    def __init__(self, path: Path, beginning: bytes, *, name: str, size: int) -> None:
        super().__init__(None, name, size=size)
        self.path, self.beginning, self.is_kept = path, beginning, False

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return store.read(self.path.name)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0  # every reading begins at the beginning

    def close(self) -> None:
        if not self.is_kept:
            self.path.unlink(missing_ok=True)

    def keep(self) -> SentFile:
        """Hand the file over to a job."""
        self.is_kept = True
        return SentFile(str(self.name), self.path.name, self.size or 0)

    @property
    def is_workbook_or_text(self) -> bool:
        """Whether its first bytes may begin a ledger; the import says the rest."""
        return self.beginning.startswith((ZIP, OLE2)) or b"\x00" not in self.beginning


class SealingHandler(FileUploadHandler):
    """Receives every file that is sent to us, for whichever address: there is no other handler."""

    received = 0  # bytes of this request's files

    def handle_raw_input(
        self,
        input_data: Any,
        meta: Any,
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Before the first byte is read: what says itself that it is too large, or for nobody, is not received."""
        refuse_announced(content_length, largest_announced(self.request))
        if not connection.in_atomic_block:
            connection.close()  # a body may take long to come: nobody waits meanwhile for the connection that we hold

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.path, self.beginning = store.new_path(), b""
        self.writer = SealedWriter(self.path, keys=settings.FIELD_KEYS)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self.received += len(raw_data)
            refuse_beyond(start + len(raw_data), LARGEST_FILE)
            refuse_beyond(self.received, LARGEST_REQUEST)
            self.beginning += raw_data[: max(0, BEGINNING - start)]
            self.writer.write(raw_data)
        except BaseException:  # also a full disk: what is there of the file goes at once
            self.upload_interrupted()
            raise

    def file_complete(self, file_size: int) -> SealedUpload:
        try:
            self.writer.finish()
        except BaseException:
            self.upload_interrupted()
            raise
        del self.writer
        return SealedUpload(self.path, self.beginning, name=self.file_name or "", size=file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "writer"):  # else nothing is half received
            self.writer.abandon()
            self.path.unlink(missing_ok=True)


class NothingHalfReceived:
    """Middleware: a file whose sender broke off is removed when the request ends, since no parser says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            for handler in request.upload_handlers:
                handler.upload_interrupted()


def largest_announced(request: HttpRequest | None) -> int:
    """The most bytes that a request may announce: those of the files that its view says that it takes."""
    match = request.resolver_match if request else None
    func = match.func if match else None
    view = getattr(func, "view_class", None) or getattr(func, "cls", None)
    largest = getattr(view, "largest_upload", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return int(largest() if callable(largest) else largest)


def refuse_announced(size: int, most: int) -> None:
    if size > most + LITTLE_MORE:
        raise UploadTooLarge(
            f"请求过大：共{size / MEGABYTE:.0f}MB，这里一次最多接收{most // MEGABYTE}MB，没有保存；请压缩或分批上传"
        )


def refuse_beyond(size: int, most: int) -> None:
    if size > most:
        largest, request = LARGEST_FILE // MEGABYTE, LARGEST_REQUEST // MEGABYTE
        raise UploadTooLarge(f"请求过大：一个文件最多{largest}MB，一次共{request}MB，请分批导入")
