"""`python -m prove load`: the last hour before the deadline, everybody at once.

Each unit opens its report, saves twenty cells, attaches two files of 2.5 MB and signs; fifty of
them at a time. A council of fifteen follows a meeting before it and during it.
"""

import hashlib
import json
import queue
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from prove.browser import Answer, Browser, NoAnswer
from prove.clients import JSON, PAPER
from prove.diary import Diary, End
from prove.faults import sentence_of
from prove.ground import Ground, new_ground
from prove.hall import CRITERIA, TASKS

CONNECTIONS = 50
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
    pages: Times = field(default_factory=lambda: Times("report opened"))
    cells: Times = field(default_factory=lambda: Times("cell saved", CELL_BAR_MS))
    files: Times = field(default_factory=lambda: Times("file of 2.5 MB attached"))
    signed: Times = field(default_factory=lambda: Times("report signed"))
    wrong: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def processor_seconds(self) -> float:
        """What the workers have cost until now, whoever else uses this machine."""
        times = [process.cpu_times() for process in self.ground.worker_processes()]
        return float(sum(taken.user + taken.system for taken in times))

    def watch(self) -> None:
        """The largest worker, once a second."""
        while not self.is_over.wait(1):
            sizes = [process.memory_info().rss for process in self.ground.worker_processes()]
            self.memory.append(max(sizes, default=0) / MIB)


class Unit:
    """One person at one report."""

    def __init__(self, evening: Evening, report: dict[str, Any], diary: Diary) -> None:
        """Signed in."""
        self.evening, self.diary, self.report = evening, diary, report["id"]
        scene = evening.scene
        self.browser = Browser(evening.ground.port, *scene["sessions"][report["officer"]])
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


def _in_a_row(evening: Evening, waiting: "queue.SimpleQueue[dict[str, Any]]", file: Path) -> None:
    """One connection: a unit after the other."""
    diary = Diary(file)
    while True:
        try:
            report = waiting.get_nowait()
        except queue.Empty:
            diary.close()
            return
        Unit(evening, report, diary).work()


def _last_hour(evening: Evening, diaries: Path) -> float:
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    for report in evening.scene["reports"]:
        waiting.put(report)
    began = time.monotonic()
    threads = [
        threading.Thread(
            target=_in_a_row, args=(evening, waiting, diaries / f"{number}.jsonl"), daemon=True
        )
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _pulse(evening: Evening, name: str, stop: threading.Event) -> Times:
    """Fifteen screens ask in the same moment, every two seconds; nothing new is an empty answer."""
    times = Times(name, PULSE_BAR_MS)
    scene = evening.scene
    together = threading.Barrier(len(scene["council"]))

    def screen(user: str) -> None:
        browser = Browser(evening.ground.port, *scene["sessions"][user])
        address = f"/campaigns/{scene['campaign']}/meetings/{scene['meeting']}/state"
        for _ in range(ROUNDS):
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


def main(database: str, units: int, *, keep: bool) -> bool:
    """The evening; whether nobody was refused and all of it stands."""
    print(f"load on {database}: {units} units, {CONNECTIONS} connections", flush=True)
    with new_ground(database, keep=keep) as ground:
        evening = Evening(ground, json.loads(ground.told("-m", "prove.hall", str(units))))
        diaries = ground.folder.with_name("diaries")
        diaries.mkdir()
        ground.start()
        ground.await_answer()
        print(_pulse(evening, "fifteen screens alone", threading.Event()).told(), flush=True)
        threading.Thread(target=evening.watch, daemon=True).start()
        beside: list[Times] = []
        stop = threading.Event()
        council = threading.Thread(
            target=lambda: beside.append(_pulse(evening, "fifteen screens meanwhile", stop))
        )
        council.start()
        before = evening.processor_seconds()
        took = _last_hour(evening, diaries)
        processor = evening.processor_seconds()
        stop.set()
        evening.is_over.set()
        council.join()
        told = [evening.pages, evening.cells, evening.files, evening.signed, *beside]
        print("\n".join(times.told() for times in told))
        memory, cost = evening.memory or [0.0], processor - before
        print(f"workers: {cost:.0f} s of a processor, {cost / units:.2f} s a unit")
        print(
            f"{units} reports in {took:.0f} s; largest worker {memory[0]:.0f} MiB at first, "
            f"{max(memory):.0f} at most, {memory[-1]:.0f} at the end"
        )
        ground.kill_server()
        ground.environment["PROVE_DIARIES"] = str(diaries)
        verdict = json.loads(ground.told("-m", "prove.afterwards"))
    print("\n".join(verdict["told"]))
    for sentence, count in evening.wrong.most_common():
        print(f"WRONG {count} times: {sentence}")
    for sentence in verdict["lost"]:
        print(f"LOST {sentence}")
    print(f"errors={evening.wrong.total()} lost={len(verdict['lost'])}")
    return not evening.wrong and not verdict["lost"]
