"""A server on this machine with a certificate of its own making."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate_until(end: datetime, folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    named = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = named.serial_number(7).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(end)
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    both = folder / "both.pem"
    both.write_bytes(private + dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


@contextmanager
def https_with_a_certificate_until(end: datetime, folder: Path) -> Iterator[str]:
    """It shakes hands, and says nothing more."""
    context = certificate_until(end, folder)
    with create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        over = threading.Event()

        def greet() -> None:
            while not over.is_set():
                with suppress(TimeoutError, OSError):
                    context.wrap_socket(listening.accept()[0], server_side=True).close()

        greeter = threading.Thread(target=greet)
        greeter.start()
        try:
            yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            greeter.join()
