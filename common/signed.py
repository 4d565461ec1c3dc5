"""Signed addresses: who has one is let in, without signing in, until it is ended."""

from django.core.signing import BadSignature, Signer

from common.numbers import number_in


class Addresses:
    """Addresses of one kind: each says which thing (its id), and the number that the thing's addresses have now."""

    def __init__(self, kind: str) -> None:
        """`kind` is the salt: an address of one kind opens nothing of another."""
        self._signer = Signer(salt=kind)

    def of(self, pk: int, number: int) -> str:
        """The address, as in "12-1:…"; at most 60 characters for usual numbers."""
        return self._signer.sign(f"{pk}-{number}")

    def read(self, address: str) -> tuple[int, int] | None:
        """Id and number that were signed; None for what is not ours."""
        try:
            pk, _dash, number = self._signer.unsign(address).partition("-")
        except BadSignature:
            return None
        found = number_in(pk), number_in(number)
        return None if None in found else (found[0] or 0, found[1] or 0)
