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

Arrival = Callable[[Role, Phase], tuple[dict[str, int | str], Client]]


@pytest.fixture
def arrive(held: Callable[..., Any], sign_in: Callable[[User], Client]) -> Arrival:
    """`arrive(role, phase)`: the rows of a campaign in `phase`, and the browser of somebody."""

    def arrived(role: Role, phase: Phase) -> tuple[dict[str, int | str], Client]:
        known, people = held(f"inhabited-{phase.value}", partial(inhabited, phase))
        return known, sign_in(db.session.get_one(User, people[role]))

    return arrived
