"""Make the keys by which push services know this installation."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management.base import BaseCommand


def pair() -> tuple[str, str]:
    """A private and a public key on the curve P-256, as the settings take them (base64url)."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_numbers().private_value.to_bytes(32, "big")
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _text(private), _text(public)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Command(BaseCommand):
    """`manage.py vapid_keys`: prints a fresh pair, for the environment."""

    help = "Make keys for Web Push. Changing them later ends all subscriptions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the two settings."""
        private, public = pair()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}\nVAPID_PUBLIC_KEY={public}")
