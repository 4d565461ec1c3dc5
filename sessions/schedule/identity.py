"""What a session or speaker is called in a file that we write: frab wants a UUID, and some were imported without."""

import uuid

SPACE = uuid.UUID("5d0f3c5e-6f0b-5c1e-9d57-2f6f0d1c1a11")


def exported(edition_id: int, kind: str, guid: str) -> str:
    """The GUID itself where it is a UUID, else one that always stands for it. `kind` is "session" or "speaker"."""
    try:
        if str(uuid.UUID(guid)) == guid.lower():
            return guid
    except ValueError:
        pass
    return str(uuid.uuid5(SPACE, f"{edition_id} {kind} {guid}"))
