"""What the desk's addresses in the permission matrix need."""

from registration.imports import run


def fill(session, made):
    """An import whose file has arrived, and one whose file is read."""
    return {"import": upload(session.edition), "read": upload(session.edition, read=True)}


def upload(edition, read=False):
    """An import whose file has arrived, and is read."""
    found = run.begin(edition, "people.csv", None)
    run.add_piece(found, 0, b"ticket,email,name,status\nT1,a@example.org,Ada,paid\nT2,a@example.org,Bo,odd\n")
    if read:
        run.read_file(found, 1)
    return found.pk
