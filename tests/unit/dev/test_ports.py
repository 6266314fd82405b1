"""Ports are found, not assumed."""

import socket
from collections.abc import Iterator

import pytest

from dev.errors import PortBusy
from dev.ports import HOST, any_free, first_free, is_free, requested


@pytest.fixture
def busy_port() -> Iterator[int]:
	with socket.socket() as listener:
		listener.bind((HOST, 0))
		listener.listen()
		yield listener.getsockname()[1]


def test_port_with_a_listener_is_not_free(busy_port: int) -> None:
	assert not is_free(busy_port)


def test_any_free_port_is_free_and_not_taken() -> None:
	port = any_free()
	assert is_free(port)
	assert any_free(frozenset({port})) != port


def test_search_passes_over_busy_and_taken_ports(busy_port: int) -> None:
	found = first_free(busy_port, frozenset({busy_port + 1}))
	assert found not in (busy_port, busy_port + 1)
	assert is_free(found)


def test_search_at_the_end_of_the_range_still_finds_one() -> None:
	assert is_free(first_free(65535, frozenset({65535})))


def test_busy_port_is_refused_with_a_way_out(busy_port: int) -> None:
	with pytest.raises(PortBusy, match=f"Port {busy_port} is busy") as refusal:
		requested(str(busy_port))
	assert "PORT=" in str(refusal.value)
	assert "make stop" in str(refusal.value)


@pytest.mark.parametrize("text", ["eight", "-1", "0", "65536", "80.5", ""])
def test_no_port_number_is_refused(text: str) -> None:
	with pytest.raises(PortBusy, match="not a port"):
		requested(text)


def test_free_port_is_granted() -> None:
	port = any_free()
	assert requested(str(port)) == port
