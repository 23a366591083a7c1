"""A run of tests that ends, is stopped or is killed leaves no process and no folder behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT, status_of, until

COMMAND = """
import os, subprocess, sys, time
lost = subprocess.Popen(["sleep", "600"], start_new_session=True)
print(os.getpid(), lost.pid, os.environ["NGONCO_TEST_RUN"], flush=True)
time.sleep(float(sys.argv[1]))
sys.exit(3)
"""
PATIENCE = 60
FOR_ONE_RUN = ("NGONCO_TEST_RUN", "PYTEST_", "COV_CORE_", "TMPDIR")
"""How the names begin of what a run tells its own processes."""


def _running(seconds):
    environment = {name: os.environ[name] for name in os.environ if name != "NGONCO_TEST_RUN"}
    running = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "tools/alone.py", sys.executable, "-c", COMMAND, str(seconds)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    first, second, folder = running.stdout.readline().split()
    return running, (int(first), int(second)), Path(folder)


def _is_gone(processes, folder):
    return not any(map(status_of, processes)) and not folder.exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whoever_stops_it_nothing_stays(how):
    running, processes, folder = _running(600)
    with running:
        assert (folder.is_dir(), all(map(status_of, processes))) == (True, True)
        running.send_signal(how)
        until(lambda: _is_gone(processes, folder), PATIENCE, "something stayed")
        assert running.wait(PATIENCE) != 0


def test_what_it_took_is_told_and_its_end_is_the_commands():
    running, processes, folder = _running(0)
    with running:
        output, _ = running.communicate(timeout=PATIENCE)
    assert running.returncode == 3
    assert output.startswith("0 min ")
    assert " by the clock, 0 min " in output
    assert _is_gone(processes, folder)


TWICE = """
import pytest
words = ["-q", "-p", "no:cacheprovider", "tests/core/test_numbers.py"]
print([int(pytest.main(words)) for _ in range(2)])
"""


def test_a_process_runs_tests_twice_as_one_that_changes_the_code_does():
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(FOR_ONE_RUN)
    }
    ran = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", TWICE],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.splitlines()[-1:] == ["[0, 0]"], ran.stderr
