"""The key that signs permits: RSA, one a period, sealed in the database; signing without seeing what.

RSABSSA-SHA384-PSS-Randomized, RFC 9474: the device prepares a message, blinds it, has it signed, and takes the
blinding off. The service cannot tell which of its signatures a permit shows: any permit could come from any of them.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.traces.models import Period

BITS = 2048
EXPONENT = 65537
SALT = 48
NONCE = 12


class CannotBeSigned(Refused):
    """What came is not a blinded message for this key."""

    words = _("This request for a permit cannot be read. Update the companion and try again.")


class Unsealed(RuntimeError):
    """No secret of this deployment opens the key: it was sealed with another one."""


def made() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)


def seal(key: rsa.RSAPrivateKey, period: str) -> bytes:
    """Return the key as it is kept: AES-256-GCM-SIV under the deployment's secret, bound to its period."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCMSIV(_wrapping(settings.SECRET_KEY)).encrypt(nonce, plain, period.encode())


def unseal(sealed: bytes, period: str) -> rsa.RSAPrivateKey:
    """Return the key. Raises Unsealed."""
    return _unsealed(sealed, period)[0]


def _unsealed(sealed: bytes, period: str) -> tuple[rsa.RSAPrivateKey, str]:
    """Return the key, and which secret sealed it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            plain = AESGCMSIV(_wrapping(secret)).decrypt(sealed[:NONCE], sealed[NONCE:], period.encode())
        except InvalidTag:
            continue
        key = serialization.load_der_private_key(plain, None)
        if isinstance(key, rsa.RSAPrivateKey):
            return key, str(secret)
    raise Unsealed(f"the key of {period} was sealed with another secret: see docs/operations.md")


def is_of_former(period: Period) -> bool:
    """Say whether the deployment's former secret sealed the key of a quarter; what none opens stays as it is."""
    try:
        return _unsealed(bytes(period.sealed_key), period.code)[1] != str(settings.SECRET_KEY)
    except Unsealed:
        return False


def seal_anew(period: Period) -> None:
    """Seal the key of a quarter by the secret of the day."""
    period.sealed_key = seal(unseal(bytes(period.sealed_key), period.code), period.code)


def _wrapping(secret: str | bytes) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"visavis traces period key 1")
    return derived.derive(force_bytes(secret))


def sign_blinded(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """Return the signature of a blinded message (RFC 9474, 4.3), checked before it leaves.

    The number is blinded once more while it is raised: how long that takes tells nothing of the key.
    Raises CannotBeSigned.
    """
    numbers = key.private_numbers()
    modulus = numbers.public_numbers.n
    message = int.from_bytes(blinded)
    if len(blinded) != size(modulus) or not 1 < message < modulus - 1:
        raise CannotBeSigned
    veil = secrets.randbelow(modulus - 2) + 2
    veiled = message * pow(veil, EXPONENT, modulus) % modulus
    mod_p, mod_q = pow(veiled, numbers.dmp1, numbers.p), pow(veiled, numbers.dmq1, numbers.q)
    raised = mod_q + numbers.q * ((mod_p - mod_q) * numbers.iqmp % numbers.p)
    signature = raised * pow(veil, -1, modulus) % modulus
    if pow(signature, EXPONENT, modulus) != message:
        raise RuntimeError("a signature came out wrong: nothing is given")
    return signature.to_bytes(size(modulus))


def is_signed(modulus: int, message: bytes, signature: bytes) -> bool:
    """Say whether the permit is one of ours: RSASSA-PSS over SHA-384, salt of 48 bytes."""
    public = rsa.RSAPublicNumbers(EXPONENT, modulus).public_key()
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT)
    try:
        public.verify(signature, message, scheme, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def fingerprint(modulus: int) -> str:
    """Return the key's mark, that people compare: a key of one's own would make her permit known among all."""
    digest = sha256(modulus.to_bytes(size(modulus))).hexdigest()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))


def size(modulus: int) -> int:
    return (modulus.bit_length() + 7) // 8


def b64(number_or_bytes: int | bytes) -> str:
    """Write bytes, or a number big end first, in base64url without padding."""
    raw = number_or_bytes
    if isinstance(raw, int):
        raw = raw.to_bytes((raw.bit_length() + 7) // 8)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_b64(text: str) -> bytes:
    """Read base64url without padding, in its one form only. Raises ValueError."""
    raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if b64(raw) != text:
        raise ValueError("not base64url")
    return raw
