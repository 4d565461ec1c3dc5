"""A socket that floods a server with frames of one kind: `python -m bench.programs.flood PORT KIND SECONDS`.

Prints the seconds until it was closed.
"""

import socket
import sys
import time
from contextlib import suppress

from bench.herd import handshake, masked

JOIN = masked(b'{"join": {"bench:1": 0}}')
FRAMES = {"join": JOIN, "ping": masked(b"p" * 100, opcode=9), "fragment": b"\x01" + JOIN[1:]}


def main(port: int, kind: str, seconds: float) -> None:
    """Flood for so long at most."""
    portion = FRAMES[kind] * 500
    flooding = socket.create_connection(("127.0.0.1", port))
    flooding.sendall(handshake(port, ""))
    assert b" 101 " in flooding.recv(4096)
    began = time.monotonic()
    with suppress(OSError):
        while time.monotonic() - began < seconds:
            flooding.sendall(portion)
    print(time.monotonic() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
