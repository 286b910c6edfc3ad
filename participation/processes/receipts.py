"""Receipt codes: what a writer needs to see, withdraw or have removed what they sent.

A code is the contribution's public id followed by 16 bytes of an HMAC of it, in base 32: it needs no storing,
can be shown again, and nobody can make one without the server's key. The public id alone, which the public
pages show, opens nothing.
"""

import base64
import binascii
import hmac
import re
import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "participation.processes.receipts"
SEAL_BYTES = 16
GROUP = 4
_LENGTH = 52
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})


def receipt_code(public_id: uuid.UUID) -> str:
    """52 characters in groups of four, such as `MZXW-6YTB-…`."""
    code = base64.b32encode(public_id.bytes + _seal(public_id, settings.SECRET_KEY)).decode().rstrip("=")
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_receipt_code(code: str) -> uuid.UUID | None:
    """The contribution's public id; None for a code that the server did not make.

    Spaces, hyphens and small letters do not matter, nor do 0, 1 and 8, which the alphabet does not have.
    """
    plain = re.sub(r"[\s\-–]", "", code).upper().translate(_MISREAD)
    if len(plain) != _LENGTH:
        return None
    try:
        raw = base64.b32decode(plain + "=" * (-_LENGTH % 8))
    except (binascii.Error, ValueError):
        return None
    public_id, seal = uuid.UUID(bytes=raw[:16]), raw[16:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [hmac.compare_digest(seal, _seal(public_id, key)) for key in keys]
    return public_id if any(matches) else None


def _seal(public_id: uuid.UUID, key: str | bytes) -> bytes:
    return salted_hmac(SALT, public_id.bytes, secret=key, algorithm="sha256").digest()[:SEAL_BYTES]
