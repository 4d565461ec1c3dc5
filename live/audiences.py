"""Audiences: names of whom an event is for. `live` knows those here; all others are the gates' (`Viewer.audiences`)."""

EVERYONE = "everyone"
NOBODY = "nobody"  # an event that tells the processes something
PERSONAL = "participant:"


def only(participant_id: int) -> str:
    """The audience of one participant."""
    return f"{PERSONAL}{participant_id}"


def addressee(audience: str) -> int | None:
    """The id of the one participant that an audience is; None when it is not made by `only`."""
    return int(audience.removeprefix(PERSONAL)) if audience.startswith(PERSONAL) else None
