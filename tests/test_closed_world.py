"""The tests themselves: nothing leaves this machine."""

from __future__ import annotations

import socket

import pytest

from tests.support.closed_world import OutsideWorldTouched


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_a_connection_to_another_machine_fails_the_test(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(OutsideWorldTouched):
        outside.connect(address)


def test_a_look_up_of_another_machine_fails_the_test():
    with pytest.raises(OutsideWorldTouched):
        socket.getaddrinfo("motcua.invalid", 443)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as here:
        here.connect(server.getsockname())
