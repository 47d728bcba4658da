"""Files as answers: streamed, under a name, and kept by nobody on the way."""

from typing import IO

from django.http import FileResponse

KEPT_BY_NOBODY = "no-store, private"


def file_answer(file: IO[bytes], *, name: str, content_type: str) -> FileResponse:
    """The answer closes the file once it is sent."""
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    answer["Cache-Control"] = KEPT_BY_NOBODY
    return answer
