"""Office documents are zip archives, which hold the time of writing: packed anew, equal contents give equal bytes."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say


def packed(loose: io.BytesIO) -> bytes:
    """The same parts in the same order, all of one time."""
    made = io.BytesIO()
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            out.writestr(entry, parts.read(name))
    return made.getvalue()
