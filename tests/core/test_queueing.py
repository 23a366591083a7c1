"""Who waits is served in the order of coming, and whoever dies in the queue holds nobody."""

import multiprocessing
import threading
from pathlib import Path

from campaign.core.queueing import at_the_head
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
    with at_the_head(tmp_path):
        pass
