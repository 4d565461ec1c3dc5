"""Serve the platform."""

import logging
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from hybrid.management.commands.check_services import check_database, check_redis


class Command(BaseCommand):
    """`manage.py serve`: Daphne with the broadcast fast path."""

    help = "Serve over HTTP and websockets on one port."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        check_database()
        check_redis()
        # Importing Daphne's server installs Twisted's asyncio reactor, so it must not happen for other commands.
        from hybrid.asgi import application
        from hybrid.server import LiveServer, endpoint

        host, port = options["host"], options["port"]
        check_port(host, port)
        server = LiveServer(
            application, endpoints=[endpoint(host, port)], ready_callable=lambda: self._greet(host, port)
        )
        logging.getLogger("daphne.server").setLevel(logging.WARNING)
        server.run()
        self.stdout.write("\nStopped.")

    def _greet(self, host: str, port: int) -> None:
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
        self.stdout.write(f"\n  http://{shown}:{port}\n")
        if settings.DEMO:
            self._introduce(f"http://{shown}:{port}")
        self.stdout.write("  Ctrl-C stops it.\n")
        self.stdout.flush()

    def _introduce(self, address: str) -> None:
        from people.models import Participant

        self.stdout.write(f"  Enter with one click at {address}/people/enter/ as:")
        for participant in Participant.objects.filter(is_demo=True).order_by("pk"):
            names = sorted({role.get_name_display() for role in participant.roles.all()})
            self.stdout.write(f"    {participant.name:<20} {', '.join(str(name).lower() for name in names)}")
        self.stdout.write("")
        connection.close()


def check_port(host: str, port: int) -> None:
    """Raises CommandError when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Port {port} on {host} cannot be used: {error}. Try --port 8001.") from None
