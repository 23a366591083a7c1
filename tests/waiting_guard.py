"""One script of the guard, loaded and waiting: `python -P waiting_guard.py SCRIPT DESCRIPTOR`.

Over the socket DESCRIPTOR come the three ends of pipes that a job reads from, writes to and warns
by; back go its process, and how it ended. It imports nothing but what the script does.
"""

import os
import socket
import sys
import traceback
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location

NUMBER = 8
"""So many bytes a process, or the way it ended, is told in."""


def wait(script: str, line: socket.socket) -> None:
    """Load the script, then let a copy go for each job."""
    spec = spec_from_file_location("script", script)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    while True:
        word, ends, _, _ = socket.recv_fds(line, 1, 3)
        if not word:
            return
        job = os.fork()
        if job == 0:
            line.close()
            _do(module.main, ends)
        for end in ends:
            os.close(end)
        line.send(job.to_bytes(NUMBER, "big"))
        _, status = os.waitpid(job, 0)
        line.send(os.waitstatus_to_exitcode(status).to_bytes(NUMBER, "big", signed=True))


def _do(main: Callable[[], int | None], ends: list[int]) -> None:
    """Read, write and end as a process that was begun for this."""
    for standard, end in enumerate(ends):
        os.dup2(end, standard)
        os.close(end)
    code = 1
    try:
        code = main() or 0
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    wait(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
