"""How long the certificate of an address is valid, as a browser meets it, whoever stands before the service."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography import x509


class Validity(NamedTuple):
    """Of a certificate."""

    begins: datetime
    ends: datetime

    def is_late(self, now: datetime, *, least: timedelta) -> bool:
        """Whether it should have been renewed by now: `least` is for those that live long.

        Those of a proxy's own authority live for hours, and are renewed when a third of that is left.
        """
        return self.ends - now < min(least, (self.ends - self.begins) / 6)


def validity_of(address: str, *, within: float) -> Validity | None:
    """None where nothing is encrypted there. An address that doesn't answer raises OSError.

    Not verified: a certificate that has expired, or whose maker is unknown here, must tell its day too.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return None
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((parts.hostname, parts.port or 443), timeout=within) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as sealed,
    ):
        shown = sealed.getpeercert(binary_form=True)
    if not shown:
        return None
    certificate = x509.load_der_x509_certificate(shown)
    return Validity(certificate.not_valid_before_utc.astimezone(UTC), certificate.not_valid_after_utc.astimezone(UTC))
