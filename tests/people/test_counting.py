"""Limits are counted for many at once, on both installations, and nothing that counts stays for good."""

COUNT = """
from common.registry import registry
from django.conf import settings
from redis import Redis
from people import limits
registry.limits["chat.send"] = (2, 3600)
limits.now = lambda: 7200.0
who = [f"{mark}-{name}" for name in "ababaab"]
waits = [limits.retry_after_each("chat.send", who[:5]), limits.retry_after_each("chat.send", who[5:])]
waits += [[limits.retry_after("chat.send", who[0]), limits.retry_after("chat.send", f"{mark}-c")]]
left = []
if settings.REDIS_URL:
    redis = Redis.from_url(settings.REDIS_URL)
    left = [redis.ttl(key) for key in redis.scan_iter(f"*{mark}*")]
result = {"waits": waits, "left": left}
"""


def test_each_of_many_has_their_own_count(stack):
    told = stack.call(COUNT, mark="counted")
    assert told["waits"] == [[0, 0, 0, 0, 3600], [3600, 3600], [3600, 0]]
    assert len(told["left"]) in (0, 3) and all(0 < seconds <= 3600 for seconds in told["left"])
    assert bool(told["left"]) == (stack.name == "full")
