"""Stock Channels as its documentation shows it: a consumer in a group, channels_redis, Daphne."""

import asyncio
import os
import time
from itertools import count
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.conf import settings

from bench.subjects.message import obey, text

GROUP = "bench"
LAYER = {
    "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
    "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "prefix": "stock"},
}
settings.configure(CHANNEL_LAYERS={"default": LAYER})


class Fanout(AsyncWebsocketConsumer):
    """Joins the group and passes on what the group gets."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def fragment(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


application = Fanout.as_asgi()

if __name__ == "__main__":
    numbers = count(1)
    loop = asyncio.new_event_loop()

    def publish(room: str, times: int) -> float:
        """group_send, one after the other; the moment just before the first."""
        layer: Any = get_channel_layer()
        events = [{"type": "fragment", "text": text(room, next(numbers))} for _ in range(times)]
        stamp = time.monotonic()
        for event in events:
            loop.run_until_complete(layer.group_send(GROUP, event))
        return stamp

    obey(publish)
