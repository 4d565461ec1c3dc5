"""Sockets that nobody writes to, straight and through nginx: are they still there after ten minutes, and do they hear?

`./run bench idle`; BENCH_SECONDS takes another length. nginx runs with deploy/nginx.conf.
"""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.herd import Herd
from bench.place import Place, installation
from tests import servers

NAME = "idle"
SECONDS = float(os.environ.get("BENCH_SECONDS", 600))
SOCKETS = 100  # each way
PATIENCE = 5.0  # seconds that one message may take in the end


def nginx_program() -> str | None:
    """The path of nginx, if it is there."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def moved(ports: list[int], port: int, home: Path, files: Path) -> str:
    """The operator's configuration, at `port` in front of the processes at `ports`, with its files in `home`."""
    text = (servers.ROOT / "deploy" / "nginx.conf").read_text()
    for place, actual in zip(("8001", "8002"), ports, strict=True):
        text = text.replace(f"server 127.0.0.1:{place};", f"server 127.0.0.1:{actual};")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", f"listen [::1]:{port};")
    text = text.replace("root /srv/hybrid;", f"root {files};").replace("/var/log/nginx", str(home))
    text = text.replace("/run/nginx.pid", str(home / "pid"))
    temporary = " ".join(f"{kind}_temp_path {kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"daemon off;\n{text.replace('http {', f'http {{ {temporary}')}"


@contextmanager
def nginx(ports: list[int], files: Path | None = None) -> Iterator[tuple[int, Path]]:
    """A private nginx with the operator's configuration in front of the processes at `ports`: its port and its logs.

    In `files` is the folder static/.
    """
    port = servers.free_port()
    with servers.folder() as home, open(home / "log", "wb") as log:
        (home / "nginx.conf").write_text(moved(ports, port, home, files or home))
        command = [str(nginx_program()), "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
        process = subprocess.Popen(command, cwd=home, stdout=log, stderr=log)
        try:
            servers.wait_until(lambda: servers.answers(port), process, Path(home / "log"))
            yield port, home
        finally:
            servers.stop(process)


async def run(place: Place, ways: dict[str, list[int]], sockets: int, seconds: float) -> dict[str, dict[str, int]]:
    """Wait; then one message, which every socket must hear on the connection it has had all the time."""
    herds = {way: Herd(ports, place.room, place.cookies) for way, ports in ways.items()}
    for herd in herds.values():
        await herd.grow(sockets)
    await asyncio.sleep(seconds)
    dropped = {way: herd.dropped for way, herd in herds.items()}
    _, seq = await asyncio.to_thread(place.post, place.cookies[0])
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(len(herd.came[seq]) < sockets for herd in herds.values()):
        await asyncio.sleep(0.05)
    told = {way: {"dropped": dropped[way], "heard": len(herd.came[seq])} for way, herd in herds.items()}
    for herd in herds.values():
        await herd.close()
    return told


def main() -> None:
    """Run and report."""
    with installation(SOCKETS) as place:
        ways = {"straight": place.ports}
        if not nginx_program():
            print("nginx is not installed, so nothing is measured through it: sudo apt-get install nginx-light")
            told = asyncio.run(run(place, ways, SOCKETS, SECONDS))
        else:
            with nginx(place.ports) as (port, _home):
                told = asyncio.run(run(place, ways | {"nginx": [port]}, SOCKETS, SECONDS))
    print(f"{SOCKETS} sockets each way, two processes with Redis, {SECONDS:.0f} s without a message, then one")
    for way, numbers in told.items():
        print(f"{way:<10} {numbers['dropped']:>4} dropped, {numbers['heard']:>4} heard the message")
    print("idle: " + ", ".join(f"{way} {SOCKETS - numbers['dropped']} of {SOCKETS}" for way, numbers in told.items()))
