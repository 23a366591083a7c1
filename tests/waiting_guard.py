"""One script, loaded and waiting: `python -P waiting_guard.py SCRIPT DESCRIPTOR`.

Over the socket DESCRIPTOR come what the script's `main` is called with, as JSON, and the three ends
of pipes that the job reads from, writes to and warns by; back go its process, and, where that is
awaited, how it ended. It imports nothing but what the script does.
"""

import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location

NUMBER = 8
"""So many bytes a process, or the way it ended, is told in."""
LONGEST = 65_536


def wait(script: str, line: socket.socket) -> None:
    """Load the script, then let a copy go for each job."""
    spec = spec_from_file_location("script", script)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    if hasattr(module, "CPU_SECONDS"):  # what never ends is ended by the same bound, but sooner
        module.CPU_SECONDS = module.CPU_SECONDS * 2 // 5
    going_on: set[int] = set()
    while True:
        told, ends, _, _ = socket.recv_fds(line, LONGEST, 3)
        going_on = {job for job in going_on if not os.waitpid(job, os.WNOHANG)[0]}
        if not told:
            return
        asked = json.loads(told)
        job = os.fork()
        if job == 0:
            line.close()
            _do(partial(module.main, *asked["words"]), ends)
        for end in ends:
            os.close(end)
        line.send(job.to_bytes(NUMBER, "big"))
        if not asked["is_awaited"]:
            going_on.add(job)
            continue
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
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    wait(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
