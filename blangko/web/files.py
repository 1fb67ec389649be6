"""Files that the page hands out to be kept."""

from __future__ import annotations

from flask import Response

from blangko import config

MIME_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(made: bytes, name: str, form: str) -> Response:
    """A file that the browser keeps, named after what it is and the day."""
    named = f"blangko-{name}-{config.today().isoformat()}.{form}"
    return Response(made, mimetype=MIME_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{named}"'})
