"""What the commands of manage.py say."""

from io import StringIO

from django.core.management import call_command


def said_by(command: str, *arguments: object, **options: object) -> str:
    said = StringIO()
    call_command(command, *map(str, arguments), stdout=said, stderr=said, **options)
    return said.getvalue()
