"""Until when the certificate of an address is valid, as a browser meets it, whoever stands before the service."""

import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography import x509


def expires_at(address: str, *, within: float) -> datetime | None:
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
    return x509.load_der_x509_certificate(shown).not_valid_after_utc.astimezone(UTC) if shown else None
