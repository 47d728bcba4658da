"""Why the bundled servers can't run here, said so that a person can do something about it."""


class ServersRefused(Exception):
    """The bundled PostgreSQL or Redis could not be used."""

    def __init__(self, chinese: str, english: str, detail: str = "") -> None:
        super().__init__("\n".join(part for part in (chinese, english, detail) if part))
