"""Moments of PostgreSQL are what the driver reads."""

from tests.conftest import Stack
from tests.programs import moments


def test_they_are_those_of_the_driver(stack: Stack):
    assert stack.call(moments.differing) == []
