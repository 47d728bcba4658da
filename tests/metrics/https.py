"""A server on this machine with a certificate of its own making."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from socket import create_server

from tests.certificates import write_certificate


@contextmanager
def https_with_a_certificate_until(end: datetime, folder: Path) -> Iterator[str]:
    """It shakes hands, and says nothing more."""
    write_certificate(folder / "both.pem", until=end)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
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
