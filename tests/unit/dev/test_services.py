"""What the set-up asks of a real Redis of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.apt import find
from dev.errors import CommandFailed
from dev.layout import BenchFolder
from dev.ports import any_free
from dev.redis_server import Redis

pytestmark = pytest.mark.skipif(
	not find("redis-server"), reason="`make test` installs the Redis that this needs"
)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
	folder = BenchFolder(tmp_path)
	folder.run.mkdir()
	server = Redis("redis_cache", folder, any_free())
	server.start()
	yield server
	server.server.stop()


def test_cache_forgets(redis: Redis) -> None:
	assert redis._ask(b"SET assets old") == b"+OK\r\n"
	redis.forget()
	assert redis._ask(b"GET assets") == b"$-1\r\n"


def test_cache_that_is_gone_is_said(redis: Redis) -> None:
	redis.server.stop()
	with pytest.raises(CommandFailed, match="redis_cache did not drop"):
		redis.forget()
