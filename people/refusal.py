"""How an operation says no."""


class Refused(Exception):
    """The operation is not possible now; the message says why, for the person who tried."""
