"""A TCP proxy that can go dark: what passes through it is swallowed, as on a train in a tunnel."""

import asyncio
from contextlib import suppress


class Proxy:
    """Forwards a free port to `target` until `dark` is set; links that were dark once never work again."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.dark = False
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream, out = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers |= {writer, out}
        with suppress(asyncio.CancelledError):  # the loop ends; asyncio would print each link's cancellation
            await asyncio.gather(self._pass(reader, out), self._pass(upstream, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = self.dark
        with suppress(OSError):
            while data := await reader.read(65_536):
                lost = lost or self.dark
                if not lost:
                    writer.write(data)
                    await writer.drain()
            if not lost:
                writer.close()
