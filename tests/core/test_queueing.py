"""Who waits is served in the order of coming, and whoever dies in the queue holds nobody."""

import multiprocessing
import threading
from pathlib import Path

from campaign.core import queueing
from campaign.core.queueing import Places, at_the_head
from tests.served import PATIENCE, until

WAITING = 6


def _die_at_the_head(folder, told):
    with at_the_head(folder):
        told.send("")
        threading.Event().wait()


def _waiting_at(folder):
    """How many the system knows to wait for the lock of `folder`."""
    inode = f":{folder.stat().st_ino} "
    locks = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return sum("-> FLOCK" in line and inode in line for line in locks)


def test_whoever_came_first_is_first(tmp_path):
    served, threads = [], []

    def wait(number):
        with at_the_head(tmp_path):
            served.append(number)

    with at_the_head(tmp_path):
        for number in range(WAITING):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            until(lambda: _waiting_at(tmp_path) == len(threads), PATIENCE, "nobody waits")
    for thread in threads:
        thread.join()
    assert served == list(range(WAITING))


def test_a_process_that_is_killed_leaves_the_queue(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    heard, told = spawn.Pipe(duplex=False)
    first = spawn.Process(target=_die_at_the_head, args=(tmp_path, told))
    first.start()
    heard.recv()
    first.kill()
    first.join()
    reached = threading.Event()

    def follow():
        with at_the_head(tmp_path):
            reached.set()

    threading.Thread(target=follow, daemon=True).start()
    assert reached.wait(PATIENCE)


def test_a_place_goes_to_whoever_waits_longest():
    turns, served, threads = Places(1), [], []
    assert turns.acquire()

    def wait(number):
        turns.acquire()
        served.append(number)
        turns.release()

    for number in range(WAITING):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        until(lambda: len(turns._waiting) == len(threads), PATIENCE, "nobody waits")
    turns.release()
    for thread in threads:
        thread.join()
    assert (served, turns.free) == (list(range(WAITING)), 1)


def test_whoever_has_waited_long_enough_leaves_the_queue():
    turns = Places(1)
    assert turns.acquire()
    assert not turns.acquire(timeout=0.01)
    turns.release()
    assert turns.free == 1
    assert turns.acquire(timeout=0.01)


def test_a_place_that_is_handed_over_at_the_last_moment_is_had(monkeypatch):
    turns = Places(1)
    assert turns.acquire()

    class Late:
        def acquire(self, timeout=None):
            if timeout is None:
                return True
            turns.release()
            return False

        def release(self):
            pass

    monkeypatch.setattr(queueing, "Lock", Late)
    assert turns.acquire(timeout=1)
    assert turns.free == 0
