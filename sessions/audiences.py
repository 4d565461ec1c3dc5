"""The audiences of the rooms of editions and sessions beside `live`'s own, and who belongs to them."""

STAFF = "staff"  # moderators and organisers
SPEAKERS = "speakers"  # and staff
REGISTERED = "registered"  # of an edition: who takes part in it
VISITORS = "visitors"  # of an edition: who only looks in

# role (sessions.rooms.role_for) -> audiences
AUDIENCES = {
    "visitor": frozenset({VISITORS}),
    "attendee": frozenset({REGISTERED}),
    "speaker": frozenset({SPEAKERS}),
    "staff": frozenset({SPEAKERS, STAFF}),
}
