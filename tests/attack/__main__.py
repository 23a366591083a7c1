"""`make attack`: every route as everybody, at every stage, on both databases; 1 if it finds."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from campaign.demo.stages import Stage
from tests.attack.secrecy import Findings
from tests.attack.siege import besiege
from tests.attack.walk import Order
from tests.conftest import BACKENDS, SCRATCH, Database


def main() -> int:
    """Attack, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=BACKENDS, default=BACKENDS)
    parser.add_argument(
        "--stages",
        nargs="+",
        choices=[stage.value for stage in Stage],
        default=[stage.value for stage in Stage],
    )
    parser.add_argument("--rows", type=int, default=10, help="rows asked for on each route")
    parser.add_argument("--posts", type=int, default=3, help="rows posted to on each route")
    parser.add_argument("--people", nargs="*", default=(), help="only these people")
    asked = parser.parse_args()
    order = Order(asked.rows, asked.posts, people=asked.people)
    total, begun = Findings(), time.monotonic()
    for backend in asked.databases:
        for stage in asked.stages:
            _one(backend, Stage(stage), order, total)
    minutes = (time.monotonic() - begun) / 60
    _say(
        f"{len(total.routes)} routes, {total.requests} requests in {minutes:.1f} minutes, "
        f"{len(total.faults)} answers of 5xx, {len(total.leaks)} leaks, "
        f"{len(total.written)} wrote by reading; "
        f"canaries of {len(total.seen)} columns were met where they may be read"
    )
    for fault, where in sorted((total.faults | total.leaks).items()):
        _say(f"  {fault}\n      {where}")
    for name in total.written:
        _say(f"  something was written by what {name} read")
    return 1 if total.faults or total.leaks or total.written else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _one(backend: str, stage: Stage, order: Order, total: Findings) -> None:
    with tempfile.TemporaryDirectory(prefix="ngonco-attack-", dir=SCRATCH) as folder:
        server = None
        if backend == "postgresql":
            import pgserver  # noqa: PLC0415 - only where it is asked for

            Path(folder).chmod(0o755)
            server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        place = Path(folder) / backend
        place.mkdir()
        database = Database(backend, place, Path(folder), server)
        findings = besiege(database, stage, order)
        if server is not None:
            server.cleanup()
    total.routes |= findings.routes
    total.requests += findings.requests
    total.seen |= findings.seen
    total.faults |= findings.faults
    total.leaks |= findings.leaks
    total.written += findings.written
    _say(
        f"{backend:<11} {stage.value:<10} {len(findings.routes)} routes "
        f"{findings.requests} requests "
        f"{len(findings.faults)} 5xx {len(findings.leaks)} leaks"
    )


if __name__ == "__main__":
    sys.exit(main())
