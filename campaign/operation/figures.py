"""Số đo cho Prometheus: what the processes of this machine counted, and how the installation is.

Whoever ends leaves its files; what they say is added to one, so that nothing counted ever falls.
"""

import fcntl
import os
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from flask import current_app
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from campaign.extensions import give_up
from campaign.operation import probes, queries
from campaign.operation.rules.verdicts import WEIGHTS, Check, is_ready

LEFT, KINDS = "left", ("counter", "histogram")


def _opened(number: str) -> set[str]:
    """What a process has open; nothing where it has ended."""
    try:
        links = [*Path(f"/proc/{number}/fd").iterdir()]
    except OSError:
        return set()
    opened = set()
    for link in links:
        with suppress(OSError):  # it was closed meanwhile
            opened.add(str(link.readlink()))
    return opened


def holders(files: Iterable[Path]) -> dict[Path, int]:
    """Tệp đếm → tiến trình đang mở nó; a number alone may since be another's."""
    named = {file: file.stem.rpartition("_")[2] for file in files}
    opened = {number: _opened(number) for number in {*named.values()}}
    return {
        file: int(number) for file, number in named.items() if str(file.resolve()) in opened[number]
    }


def sweep(folder: Path) -> None:
    """Gộp tệp của tiến trình đã hết into the one of all that have ended."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        files = [*folder.glob("*.db")]
        held = holders(files)
        for kind in KINDS:
            left = folder / f"{kind}_{LEFT}.db"
            ended = [
                file
                for file in files
                if file.name.startswith(kind) and file not in held and file != left
            ]
            if ended:
                _add([left, *ended] if left.exists() else ended, left)
            for file in ended:
                file.unlink()


def _add(files: list[Path], left: Path) -> None:
    sums: dict[str, float] = defaultdict(float)
    for file in files:
        for key, value, *_ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
            sums[key] += value
    fresh = left.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    book = MmapedDict(str(fresh))  # type: ignore[no-untyped-call]
    for key, value in sums.items():
        book.write_value(key, value, 0.0)  # type: ignore[no-untyped-call]
    book.close()  # type: ignore[no-untyped-call]
    fresh.replace(left)


class Processes(Collector):
    """Các tiến trình phục vụ của máy này, and their memory."""

    def __init__(self, folder: Path) -> None:
        """Those that hold a file in it."""
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        """How many there are, and what they take together and the largest alone."""
        sizes = [
            size
            for pid in {*holders(self._folder.glob("*.db")).values()}
            if (size := _resident(pid))
        ]
        yield _gauge("ngonco_workers", "Processes that serve", len(sizes))
        yield _gauge("ngonco_workers_resident_bytes", "Memory of all of them", sum(sizes))
        largest = max(sizes, default=0)
        yield _gauge("ngonco_largest_worker_resident_bytes", "Memory of the largest", largest)


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Installation(Collector):
    """Hệ thống: its parts as /readyz judges them, and the numbers behind."""

    def collect(self) -> Iterator[Metric]:
        """What can be told while the database is away is told."""
        checks = probes.readiness()
        yield _parts(checks)
        yield _gauge("ngonco_ready", "1 where nothing is at fault", int(is_ready(checks)))
        yield _gauge("ngonco_disk_free_bytes", "Of the fullest disk", probes.fullest_disk().free)
        yield InfoMetricFamily("ngonco_build", "What runs", value=_versions())
        try:
            yield from [*_from_database(datetime.now(UTC))]
        except SQLAlchemyError:
            give_up()


def _parts(checks: Iterable[Check]) -> Metric:
    parts = GaugeMetricFamily(
        "ngonco_part", "0 where a part is well, 1 to look at, 2 at fault", labels=["part"]
    )
    for check in checks:
        parts.add_metric([check.part.value], WEIGHTS[check.verdict])
    return parts


def _versions() -> dict[str, str]:
    return {
        "schema": probes.newest_revision(),
        "python": platform.python_version(),
        "flask": metadata.version("flask"),
    }


def _from_database(now: datetime) -> Iterator[Metric]:
    mail = queries.mail_queue(now)
    yield _gauge("ngonco_mail_waiting", "Mails past their turn", mail.waiting)
    yield _gauge("ngonco_mail_failed", "Mails given up", mail.failed)
    yield _gauge("ngonco_open_ballots", "Ballots open now", queries.open_ballots())
    if last := queries.last_backup():
        age = (now - last.taken_at).total_seconds()
        yield _gauge("ngonco_backup_age_seconds", "Since the last backup", age)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def all_figures() -> bytes:
    """Mọi số đo lúc này, as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(Installation())
    if named := current_app.config["METRICS"]:
        folder = Path(named)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder)
        registry.register(Processes(folder))
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    return generate_latest(registry)
