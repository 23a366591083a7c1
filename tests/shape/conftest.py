"""Worlds that walks of every address begin in, built once for all roles."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from tests.conftest import Client
from tests.shape.walk import inhabited

Rows = dict[str, int | str]


@pytest.fixture
def stand_in(held: Callable[..., Any]) -> Callable[[Phase], tuple[Rows, dict[Role, int]]]:
    """`stand_in(phase)`: the rows of a campaign in `phase`, and somebody with each role."""
    return lambda phase: held(f"inhabited-{phase.value}", partial(inhabited, phase))


@pytest.fixture
def arrive(
    stand_in: Callable[[Phase], tuple[Rows, dict[Role, int]]], sign_in: Callable[[User], Client]
) -> Callable[[Role, Phase], tuple[Rows, Client]]:
    """`arrive(role, phase)`: the rows of a campaign in `phase`, and the browser of somebody."""

    def arrived(role: Role, phase: Phase) -> tuple[Rows, Client]:
        known, people = stand_in(phase)
        return known, sign_in(db.session.get_one(User, people[role]))

    return arrived
