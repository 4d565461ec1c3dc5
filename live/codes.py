"""Close codes of the live socket. 4000-4099: come back after a delay. Others from 4100 on: do not come back."""

GOING_AWAY = 4001  # the server stops; a frame "bye" has named the delay
RIGHTS_CHANGED = 4003  # the participant may see more or less than before, or was signed out
SLOW_READER = 4008  # the client did not read for too long
JOINED_NOTHING = 4010  # ten seconds without asking for a room
FULL = 4013  # this process, or the client's address here, has as many sockets as it may
FLOODING = 4029  # too many or too large control frames
BAD_FRAME = 4100  # a control frame that is not ours
FORBIDDEN = 4403  # a room that does not exist for this participant, or no longer
NO_SUCH_ADDRESS = 4404  # a socket is at /live/ only
