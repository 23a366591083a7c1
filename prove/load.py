"""`python -m prove load`: the last hour before the deadline, everybody at once.

Each unit opens its report, saves twenty cells, attaches two files of 2.5 MB and signs; fifty of
them at a time, through nginx, as fast as they can or with pauses so that it takes `--minutes`. A
council of fifteen follows a meeting before it and during it; five more stand still all the time.
"""

import hashlib
import itertools
import json
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil

from prove import machines
from prove.browser import Answer, Browser, NoAnswer
from prove.clients import JSON, PAPER
from prove.diary import Diary, End
from prove.ground import Ground, free_port, new_ground
from prove.hall import CRITERIA, TASKS
from prove.stalled import Stalled
from prove.trial import sentence_of

CONNECTIONS = 50
ACTS = 1 + TASKS + 2 * CRITERIA + 2 + 1
"""What a unit does: it opens, saves, attaches, signs."""
STALLED = 5
FILES, FILE_BYTES = 2, 2_500_000
ROUNDS, PULSE_SECONDS = 30, 2.0
CELL_BAR_MS, PULSE_BAR_MS = 1000, 100
MIB = 1024 * 1024


@dataclass
class Times:
    """Milliseconds of one kind of request."""

    name: str
    bar: int = 0
    took: list[float] = field(default_factory=list)

    def told(self) -> str:
        """Median, p95 and the longest, beside the bar."""
        took = sorted(self.took) or [0.0]
        p95 = took[int(len(took) * 0.95)]
        bar = f" (bar {self.bar}{', MISSED' if p95 > self.bar else ''})" if self.bar else ""
        return (
            f"{self.name}: {len(self.took)}, median {took[len(took) // 2]:.0f} ms, "
            f"p95 {p95:.0f} ms{bar}, longest {took[-1]:.0f} ms"
        )


@dataclass
class Evening:
    """What is measured, and what went wrong."""

    ground: Ground
    scene: dict[str, Any]
    port: int
    minutes: float
    pages: Times = field(default_factory=lambda: Times("report opened"))
    cells: Times = field(default_factory=lambda: Times("cell saved", CELL_BAR_MS))
    files: Times = field(default_factory=lambda: Times("file of 2.5 MB attached"))
    signed: Times = field(default_factory=lambda: Times("report signed"))
    wrong: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)

    def processor_seconds(self) -> float:
        """What the workers have cost until now, whoever else uses this machine."""
        times = [process.cpu_times() for process in self.ground.worker_processes()]
        return float(sum(taken.user + taken.system for taken in times))

    def watch(self, stop: threading.Event) -> None:
        """The largest worker, once a second."""
        while not stop.wait(1):
            with suppress(psutil.NoSuchProcess):
                sizes = [process.memory_info().rss for process in self.ground.worker_processes()]
                self.memory.append(max(sizes, default=0) / MIB)

    def memory_over_time(self) -> str:
        """The largest worker: first, most, at the end, and at each tenth of the time."""
        sizes = self.memory or [0.0]
        tenths = ", ".join(f"{sizes[len(sizes) * part // 10]:.0f}" for part in range(1, 10))
        return (
            f"largest worker {sizes[0]:.0f} MiB at first, {max(sizes):.0f} at most, "
            f"{sizes[-1]:.0f} at the end; at each tenth of the time {tenths}"
        )


@dataclass
class Pace:
    """When one of those at work does what is next: at once, or spread over their share of time."""

    minutes: float
    units: int
    chance: random.Random
    began: float = field(default_factory=time.monotonic)
    done: int = 0

    def wait(self) -> None:
        """Think for a while; whoever is late goes on at once."""
        step = self.minutes * 60 / (self.units * ACTS)
        due = self.began + (self.done + self.chance.random()) * step
        self.done += 1
        if self.minutes:
            time.sleep(max(due - time.monotonic(), 0))


class Unit:
    """One person at one report."""

    def __init__(self, evening: Evening, report: dict[str, Any], diary: Diary, pace: Pace) -> None:
        """Signed in."""
        self.evening, self.diary, self.pace, self.report = evening, diary, pace, report["id"]
        scene = evening.scene
        self.browser = Browser(evening.port, *scene["sessions"][report["officer"]])
        self.address = f"/campaigns/{scene['campaign']}/reports/{self.report}"

    def work(self) -> None:
        """From the first look to the signature."""
        self._timed(self.evening.pages, "page", "", HTTPStatus.OK, self._ask)
        for task in range(1, TASKS + 1):
            self._save(f"n:{task}", f"Đã làm xong việc {task}.")
        for criterion in range(1, CRITERIA + 1):
            self._save(f"s:{criterion}:points", "9")
            self._save(f"s:{criterion}:explanation", f"Theo biểu {criterion}.")
        for number in range(FILES):
            self._attach(number)
        self._timed(
            self.evening.signed,
            "submission",
            str(self.report),
            HTTPStatus.SEE_OTHER,
            lambda: self.browser.post(f"{self.address}/submit", {"csrf_token": self.browser.token}),
        )
        self.browser.close()

    def _ask(self) -> Answer:
        return self.browser.ask(self.address)

    def _save(self, name: str, value: str) -> None:
        kind = "points" if name.endswith("points") else "cell"
        fields = {"field": name, "value": value, "base": ""}
        self._timed(
            self.evening.cells,
            kind,
            f"{self.report}:{name}",
            HTTPStatus.OK,
            lambda: self.browser.post(f"{self.address}/fields", fields, accept=JSON),
            value,
        )

    def _attach(self, number: int) -> None:
        chance = random.Random(f"{self.report}-{number}")  # noqa: S311 - to be repeated
        content = PAPER.read_bytes() + b"\n%" + chance.randbytes(FILE_BYTES)
        digest = hashlib.sha256(content).hexdigest()
        self._timed(
            self.evening.files,
            "file",
            f"{self.report}:{digest}",
            HTTPStatus.OK,
            lambda: self.browser.send_file(
                f"{self.address}/evidence", f"{number}.pdf", content, "application/pdf", {}, JSON
            ),
        )

    def _timed(
        self, times: Times, kind: str, key: str, wanted: int, ask: Any, value: str = ""
    ) -> None:
        self.pace.wait()
        sent = self.diary.sends(kind, key, value)
        began = time.perf_counter()
        try:
            came = ask()
        except NoAnswer as silence:
            self.evening.wrong[f"{kind}: no answer: {silence}"] += 1
            self.diary.ended(sent, silence.end)
            return
        times.took.append((time.perf_counter() - began) * 1000)
        leads_to = came.headers.get("location", self.address)  # a refusal leads elsewhere
        is_taken = came.status == wanted and leads_to.startswith(self.address)
        self.diary.ended(sent, End.ACKNOWLEDGED if is_taken else End.REFUSED)
        if not is_taken:
            self.evening.wrong[f"{kind}: {came.status} {sentence_of(came)}"] += 1


def _in_a_row(evening: Evening, reports: list[dict[str, Any]], file: Path) -> None:
    """One connection: a unit after the other."""
    diary = Diary(file)
    chance = random.Random(file.stem)  # noqa: S311 - to be repeated
    pace = Pace(evening.minutes, len(reports), chance)
    for report in reports:
        Unit(evening, report, diary, pace).work()
    diary.close()


def _last_hour(evening: Evening, diaries: Path) -> float:
    reports = evening.scene["reports"]
    began = time.monotonic()
    threads = [
        threading.Thread(
            target=_in_a_row,
            args=(evening, reports[number::CONNECTIONS], diaries / f"{number}.jsonl"),
            daemon=True,
        )
        for number in range(min(CONNECTIONS, len(reports)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _pulse(evening: Evening, name: str, stop: threading.Event, rounds: int = 0) -> Times:
    """Fifteen screens ask in the same moment, every two seconds; nothing new is an empty answer."""
    times = Times(name, PULSE_BAR_MS)
    scene = evening.scene
    together = threading.Barrier(len(scene["council"]))

    def screen(user: str) -> None:
        browser = Browser(evening.port, *scene["sessions"][user])
        address = f"/campaigns/{scene['campaign']}/meetings/{scene['meeting']}/state"
        for _ in range(rounds) if rounds else itertools.count():
            together.wait()
            if stop.is_set():
                break
            began = time.perf_counter()
            came = browser.ask(address, accept=JSON)
            times.took.append((time.perf_counter() - began) * 1000)
            if came.status != HTTPStatus.OK:
                evening.wrong[f"pulse: {came.status} {sentence_of(came)}"] += 1
            time.sleep(PULSE_SECONDS)
        together.abort()
        browser.close()

    def safely(user: str) -> None:
        try:
            screen(user)
        except threading.BrokenBarrierError:
            return
        except NoAnswer as silence:
            evening.wrong[f"pulse: no answer: {silence}"] += 1
            together.abort()

    threads = [
        threading.Thread(target=safely, args=(user,), daemon=True) for user in scene["council"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def main(database: str, units: int, minutes: float = 0, *, keep: bool) -> bool:
    """The evening; whether nobody was refused and all of it stands."""
    pace = f"over {minutes:g} minutes" if minutes else "as fast as they can"
    print(f"load on {database}: {units} units, {CONNECTIONS} connections, {pace}", flush=True)
    with new_ground(database, keep=keep) as ground, _front(ground) as port:
        ground.environment |= {"NGONCO_MODE": "local", "ACCESS_LOG": "1"}  # as a service, today
        scene = json.loads(ground.told("-m", "prove.hall", str(units)))
        evening = Evening(ground, scene, port, minutes)
        diaries = ground.folder.with_name("diaries")
        diaries.mkdir()
        ground.start()
        ground.await_answer()
        alone = _pulse(evening, "fifteen screens alone", threading.Event(), ROUNDS)
        print(alone.told(), flush=True)
        _measured(evening, diaries)
        ground.kill_server()
        ground.environment["PROVE_DIARIES"] = str(diaries)
        verdict = json.loads(ground.told("-m", "prove.afterwards"))
        log = ground.log.read_text(errors="replace")
    print("\n".join(verdict["told"]))
    print(f"tracebacks in the log of the server: {log.count('Traceback')}")
    for sentence, count in evening.wrong.most_common():
        print(f"WRONG {count} times: {sentence}")
    for sentence in verdict["lost"]:
        print(f"LOST {sentence}")
    print(f"errors={evening.wrong.total()} lost={len(verdict['lost'])}", flush=True)
    return not evening.wrong and not verdict["lost"]


@contextmanager
def _front(ground: Ground) -> Iterator[int]:
    """The nginx before it, where this machine has one; gives where people come in."""
    if shutil.which("nginx", path=machines.SAFE_PATH) is None:
        print("no nginx here: people come to the server itself")
        yield ground.port
        return
    port = free_port()
    ground.environment |= {"TRUSTED_PROXIES": "1", "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    upstream = f"upstream ngonco {{ server 127.0.0.1:{ground.port}; }}"
    front = machines.nginx(ground.folder.with_name("front"), port, upstream)
    front.start()
    try:
        yield port
    finally:
        front.kill()


def _measured(evening: Evening, diaries: Path) -> None:
    """The hour itself, beside a council and those who stand still."""
    scene, beside, stop = evening.scene, list[Times](), threading.Event()
    last = scene["reports"][-1]
    address = f"/campaigns/{scene['campaign']}/reports/{last['id']}"
    stalled = Stalled(evening.port, address, *scene["sessions"][last["officer"]])
    stalled.begin(STALLED)
    council = threading.Thread(
        target=lambda: beside.append(_pulse(evening, "fifteen screens meanwhile", stop))
    )
    watch = threading.Thread(target=evening.watch, args=(stop,))
    workers = {process.pid for process in evening.ground.worker_processes()}
    before = evening.processor_seconds()
    council.start()
    watch.start()
    took = _last_hour(evening, diaries)
    cost, count = evening.processor_seconds() - before, len(scene["reports"])
    stop.set()
    stalled.stop.set()
    council.join()
    watch.join()
    told = [evening.pages, evening.cells, evening.files, evening.signed, *beside]
    print("\n".join(times.told() for times in told))
    print(
        f"workers: {cost:.0f} s of a processor, {cost / count:.2f} s a unit, all of it reckoned in"
    )
    staying = workers & {process.pid for process in evening.ground.worker_processes()}
    print(f"workers that were replaced or died: {len(workers - staying)}")
    print(f"{count} reports in {took:.0f} s; {evening.memory_over_time()}")
    ways = ", ".join(f"{name} {times}" for name, times in sorted(stalled.sent_away.items()))
    print(f"{STALLED} stood still all the time, and were sent away: {ways}")
