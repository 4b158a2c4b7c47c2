"""Signatures as gateways in China ask for them: over a text, or over the sorted parameters."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote_plus

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from gezhi.kernel.secrets import digest

METHODS = ("hmac-sha256", "hmac-sm3", "sm3", "md5-sorted")
FORMS = ("hex", "HEX", "base64")


def signed(method: str, secret: str, text: str, form: str = "hex") -> str:
    """The signature of a text: keyed by HMAC, or the SM3 of the text with the secret behind it."""
    data, key = text.encode(), secret.encode()
    if method == "hmac-sha256":
        return _written(hmac.digest(key, data, hashlib.sha256), form)
    if method == "hmac-sm3":
        running = HMAC(key, hashes.SM3())
        running.update(data)
        return _written(running.finalize(), form)
    if method == "sm3":
        return _written(digest(data + key), form)
    if method == "md5-sorted":
        # What the gateway asks for; it guards against mistakes more than against people.
        return _written(hashlib.md5(data + key, usedforsecurity=False).digest(), form)
    raise ValueError(f"no such signature: {method}")


def sorted_text(parameters: Mapping[str, str]) -> str:
    """Parameters in the order of their names, as `a=1&b=2&key=`: the secret goes behind it."""
    pairs = (f"{name}={parameters[name]}" for name in sorted(parameters) if parameters[name])
    return "&".join([*pairs, "key="])


def robot_sign(secret: str, milliseconds: int) -> str:
    """The sign of a robot of 钉钉 and 政务钉钉, ready to stand in an address."""
    text = f"{milliseconds}\n{secret}"
    return quote_plus(signed("hmac-sha256", secret, text, "base64"))


def _written(raw: bytes, form: str) -> str:
    if form == "base64":
        return base64.b64encode(raw).decode()
    return raw.hex().upper() if form == "HEX" else raw.hex()
