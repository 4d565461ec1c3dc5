"""The caches that limits count in: many counts with one question, because a batch of writes asks for each of them."""

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
    """Counts of this process."""

    def count_many(self, keys: Sequence[str], seconds: int) -> list[int]:
        """Count each key once more, for as long as it is not forgotten; how often each has been counted by then."""
        return [self._count(key, seconds) for key in keys]

    def _count(self, key: str, seconds: int) -> int:
        self.add(key, 0, timeout=seconds)
        try:
            return self.incr(key)
        except ValueError:  # dropped in this very moment
            return 1


class RedisCounts(RedisCache):
    """Counts of all processes. Raises redis.RedisError while Redis is away."""

    def count_many(self, keys: Sequence[str], seconds: int) -> list[int]:
        """As LocalCounts.count_many."""
        named = [self.make_and_validate_key(key) for key in keys]
        counts: list[int] = self._cache.get_client(None, write=True).eval(COUNT_MANY, len(named), *named, seconds)
        return counts
