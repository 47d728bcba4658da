"""The key that archives of editions and anchors are signed with, and its public half."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from casetrack.kinds.refusals import Refused


class NotSigned(Refused):
    """There is no key to sign with."""

    code = "archive_not_signed"


def signing_key() -> Ed25519PrivateKey:
    if not settings.SIGNING_KEY:
        raise NotSigned("没有配置签署用的私钥，请设置 CASETRACK_SIGNING_KEY（32字节，base64）")
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SIGNING_KEY, validate=True))
    except ValueError as error:
        raise NotSigned("CASETRACK_SIGNING_KEY 应为32字节的base64") from error


def public_key() -> str:
    """What auditors are given, once and by another way than the archives."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def signature_of(text: str) -> str:
    return base64.b64encode(signing_key().sign(text.encode())).decode()
