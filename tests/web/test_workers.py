"""How the workers of one generation ask to be replaced."""

import os
import signal
import time

import pytest

from campaign.web import workers


@pytest.fixture
def asked(monkeypatch):
    """Whom this process told what."""
    told = []
    monkeypatch.setattr(workers, "_asked_at", bytearray(8))
    monkeypatch.setattr(workers, "_begun_by", [])
    monkeypatch.setattr(os, "kill", lambda *words: told.append(words))
    return told


def test_what_several_workers_notice_is_asked_for_once(asked, monkeypatch):
    workers.be_one(4711)
    workers.replace_all_once()
    workers.replace_all_once()
    assert asked == [(4711, signal.SIGUSR2)]
    workers.replace_all()  # a ballot that is ended here is always followed by a new generation
    assert len(asked) == 2
    late = time.monotonic() + workers.LEAVING_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: late)
    workers.replace_all_once()  # the new generation did not come: somebody is still here
    assert len(asked) == 3


def test_whatever_is_no_worker_asks_for_nothing(asked):
    workers.replace_all_once()
    assert asked == []
