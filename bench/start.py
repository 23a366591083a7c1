"""How long a start takes: importing the application, and `make run` once all is prepared."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.asking import ROOT, free_port
from bench.pages import IMPORT_BAR, START_BAR
from bench.report import Report

ROUNDS = 3
PATIENCE_SECONDS = 120


def measure(report: Report) -> None:
    """Both figures, of a new instance."""
    print("\nstart")
    with tempfile.TemporaryDirectory(prefix="ngonco-start-") as folder:
        environment = _environment(Path(folder))
        _first_page(environment)  # makes the key, the database and the demo
        report.seconds("import wsgi, processor", _import(environment), IMPORT_BAR)
        took = min(_first_page(environment) for _ in range(ROUNDS))
        report.seconds("make run to the first page", took, START_BAR)


def _environment(instance: Path) -> dict[str, str]:
    cleared = {"DATABASE_URL", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS"}
    return {
        **{name: value for name, value in os.environ.items() if name not in cleared},
        "NGONCO_MODE": "demo",
        "NGONCO_INSTANCE": str(instance),
        "PORT": str(free_port()),
    }


def _import(environment: dict[str, str]) -> float:
    """Seconds of a processor, the best of some: what else the machine does only adds to it."""
    took = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-c", "from tools import worker; worker.loaded()"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(took)


def _first_page(environment: dict[str, str]) -> float:
    """Seconds from the command to a page that was answered."""
    start = time.perf_counter()
    process = subprocess.Popen(
        ["make", "--no-print-directory", "run"],  # noqa: S607 - the one that the README names
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - start < PATIENCE_SECONDS and process.poll() is None:
            try:
                address = f"http://127.0.0.1:{environment['PORT']}/"
                with urllib.request.urlopen(address, timeout=10):
                    return time.perf_counter() - start
            except OSError:
                time.sleep(0.02)
        message = "`make run` did not answer"
        raise RuntimeError(message)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
