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
