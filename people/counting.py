"""Caches for rate limits. They raise many counters with one command, as a batch of writes needs many."""

from collections.abc import Sequence

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

# One command for a whole batch: two for each key cost the server's process more than all its rules.
COUNT_MANY = """
local counts = {}
for at, key in ipairs(KEYS) do
  counts[at] = redis.call("INCR", key)
  if counts[at] == 1 then redis.call("EXPIRE", key, ARGV[1]) end
end
return counts
"""


class LocalCounts(LocMemCache):
    """Counters of this process only."""

    def count_many(self, keys: Sequence[str], seconds: int) -> list[int]:
        """Add one to each counter and give back the new values. A counter ends `seconds` after its first count."""
        return [self._count(key, seconds) for key in keys]

    def _count(self, key: str, seconds: int) -> int:
        self.add(key, 0, timeout=seconds)
        try:
            return self.incr(key)
        except ValueError:  # the key ended just now
            return 1


class RedisCounts(RedisCache):
    """Counters that all processes share. Raises redis.RedisError while Redis is away."""

    def count_many(self, keys: Sequence[str], seconds: int) -> list[int]:
        """As LocalCounts.count_many."""
        named = [self.make_and_validate_key(key) for key in keys]
        counts: list[int] = self._cache.get_client(None, write=True).eval(COUNT_MANY, len(named), *named, seconds)
        return counts
