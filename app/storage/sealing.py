"""Encryption of what young people write, and fingerprints by which a phone is found.

AES-256-GCM. The additional data binds each ciphertext to its table, column and row, so that a value moved to
another row does not open; the key's id stands in the value, so that keys can rotate.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class SealBroken(Exception):  # noqa: N818
    """A sealed value does not open: wrong key, wrong row, or altered bytes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives; part of what the seal protects."""

    table: str
    column: str
    row_id: str

    def additional_data(self, key_id: str) -> bytes:
        """Return what the cipher authenticates beside the text."""
        return f"{self.table}\x1f{self.column}\x1f{self.row_id}\x1f{key_id}".encode()


class Sealer:
    """Seals and opens texts; the first key seals, every key opens."""

    def __init__(self, keys: Sequence[tuple[str, bytes]], fingerprint_key: bytes) -> None:
        self._current = keys[0][0]
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys}
        self._fingerprint_key = fingerprint_key

    def seal(self, text: str, place: Place) -> str:
        """Return the text encrypted for its place, as "key id:base64"."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(
            nonce, text.encode("utf-8", "surrogatepass"), place.additional_data(self._current)
        )
        return f"{self._current}:{b64encode(nonce + sealed).decode()}"

    def open(self, value: str, place: Place) -> str:
        """Return the text of a sealed value. Raises SealBroken."""
        key_id, _, encoded = value.partition(":")
        if key_id not in self._ciphers:
            raise SealBroken("sealed with a key that is not configured")
        try:
            raw = b64decode(encoded)
            text = self._ciphers[key_id].decrypt(
                raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.additional_data(key_id)
            )
        except (InvalidTag, ValueError) as error:
            raise SealBroken("altered, or moved from another row") from error
        return text.decode("utf-8", "surrogatepass")

    def fingerprint(self, phone: str) -> str:
        """Return the keyed fingerprint by which a phone (E.164) is found, as 64 hex digits."""
        return hmac.new(self._fingerprint_key, phone.encode(), hashlib.sha256).hexdigest()


def hash_token(token: str) -> str:
    """Return what is stored of a link's token, as 64 hex digits; the token itself has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
