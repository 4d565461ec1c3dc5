"""Django's HTTP handler for an installation whose views are all synchronous."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.urls import ResolverMatch, get_resolver, set_script_prefix

from hybrid import line
from hybrid.workers import InLine, workers

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
LONGEST_KNOWN = 200  # characters of an address whose view is kept


@lru_cache(4096)
def _view_of(path: str) -> ResolverMatch:
    """What Django finds for a path. Raises Resolver404, which is not kept."""
    return get_resolver().resolve(path)


class ThreadedHandler(ASGIHandler):
    """Runs a request as a whole in one of a fixed number of threads.

    Django's own handler opens a thread for each request, however many there are, and goes to and fro between it and
    the event loop.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """All middleware is synchronous."""
        super().load_middleware(is_async=False)

    def resolve_request(self, request: Any) -> ResolverMatch:
        """The view of an address; those that are asked again are known: looking takes half a millisecond."""
        path = request.path_info
        match = _view_of(path) if len(path) <= LONGEST_KNOWN else get_resolver().resolve(path)
        request.resolver_match = match
        return match

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Answer one request; a client that goes away gives its place in the line back.

        A write that has come in whole is carried out all the same: who presses and leaves at once has pressed.
        """
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        if line.is_write(scope):
            await asyncio.shield(self._answer(scope, body, send))
        else:
            await self._answer_while_there(scope, body, receive, send)

    async def _answer_while_there(self, scope: dict[str, Any], body: Any, receive: Any, send: Send) -> None:
        answering = asyncio.ensure_future(self._answer(scope, body, send))
        gone = asyncio.ensure_future(receive())  # after the body only the client's leaving comes
        try:
            await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not answering.done():
                answering.cancel()
        with suppress(asyncio.CancelledError):
            await answering

    async def _answer(self, scope: dict[str, Any], body: Any, send: Send) -> None:
        try:
            response = await workers.run(partial(self.respond, scope, body), inside=line.is_inside(scope))
        except InLine:
            return await line.give(scope, send, line.away(scope))
        await self.send_response(response, send)
        if getattr(response, "works_after", False):
            await sync_to_async(response.close, thread_sensitive=False)()

    def respond(self, scope: dict[str, Any], body: Any) -> Any:
        """The whole HttpResponse, made in this thread; `live_rooms` of it are the rooms that its page stands for."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        try:
            request, refusal = self.create_request(scope, body)
            response: Any = refusal if request is None else self.get_response(request)
            response.live_rooms = getattr(request, "live_rooms", {})
            response._handler_class = self.__class__
            if response.streaming:  # by synchronous iterators, as all views are synchronous
                response.streaming_content = list(response.streaming_content)
            if not getattr(response, "works_after", False):
                response.close()
            return response
        finally:
            close_old_connections()
