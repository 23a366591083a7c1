"""`python -m prove crash`: people write, the machine fails under them, and nothing is lost.

Clients save cells and marks, attach files, vote openly and secretly and bring in files from Excel.
At random moments a worker, the server or PostgreSQL gets SIGKILL, and comes back. Afterwards what
the clients noted outside is compared with what stands.
"""

import json
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil

from prove.clients import Client, Importer, Uploader, Writer
from prove.council import Room, Steerer, Voter
from prove.ground import POSTGRESQL, Ground, ProofFailed, kill, new_ground, until

WORKER, SERVER, ALL = "a worker", "what leads the workers", "the whole server"
BACKEND, DATABASE = "a process of PostgreSQL", "all of PostgreSQL"
WEIGHTS = {
    "sqlite": {WORKER: 70, SERVER: 10, ALL: 20},
    POSTGRESQL: {WORKER: 40, SERVER: 5, ALL: 10, BACKEND: 25, DATABASE: 20},
}
TOLD = 3000
"""So many characters of the first traceback that the server wrote."""
PAUSE = 0.4
"""Seconds between two requests of a client, about."""
LEAST_WORK, MOST_WORK, MOST_SECONDS = 2, 14, 5.0
"""So much is confirmed between two kills, unless the machine is too slow for it."""


@dataclass
class Crash:
    """One run."""

    ground: Ground
    kills: int
    seed: int
    scene: dict[str, Any]
    stop: threading.Event = field(default_factory=threading.Event)
    killed: Counter[str] = field(default_factory=Counter)
    away: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A folder for the diaries, outside of what the server holds."""
        self.diaries = self.ground.folder / "diaries"
        self.diaries.mkdir()
        self.chance = random.Random(self.seed)  # noqa: S311 - to be repeated

    def people(self) -> list[Client]:
        """Who works here."""
        room = Room(len(self.scene["voters"]))
        return [*self._writers(), *self._markers(), *self._others(), *self._council(room)]

    def _common(self, user_name: str, name: str, pause: float) -> dict[str, Any]:
        return {
            "port": self.ground.port,
            "user_name": user_name,
            "folder": self.diaries,
            "name_": name,
            "seed": self.seed,
            "pause": pause,
            "stop": self.stop,
            "scene": self.scene,
        }

    def _writers(self) -> list[Client]:
        return [
            Writer(
                **self._common(report["officer"], f"cells-{report['id']}-{half}", PAUSE),
                kind="cell",
                address=f"/campaigns/{self.scene['campaign']}/reports/{report['id']}/fields",
                place=str(report["id"]),
                cells={name: report["cells"][name] for name in sorted(report["cells"])[half::2]},
            )
            for report in self.scene["reports"]
            for half in range(2)
        ]

    def _markers(self) -> list[Client]:
        return [
            Writer(
                **self._common(sheet["member"], f"marks-{sheet['id']}", 2 * PAUSE),
                kind="mark",
                address=f"/campaigns/{self.scene['campaign']}/scoring/{sheet['block']}/fields",
                place=str(sheet["id"]),
                cells={name: cell["base"] for name, cell in sheet["cells"].items()},
                choices={name: cell["marks"] for name, cell in sheet["cells"].items()},
            )
            for sheet in self.scene["sheets"][:3]
        ]

    def _others(self) -> list[Client]:
        reports = self.scene["reports"]
        uploaders = [
            Uploader(
                **self._common(report["officer"], f"files-{report['id']}", 3 * PAUSE),
                report=report["id"],
            )
            for report in reports[:2]
        ]
        return [*uploaders, Importer(**self._common("thuong-truc", "imports", 12 * PAUSE))]

    def _council(self, room: Room) -> list[Client]:
        return [
            (Steerer if name == "truong.vp" else Voter)(
                **self._common(name, f"votes-{name}", PAUSE), room=room
            )
            for name in self.scene["voters"]
        ]

    def run(self) -> list[str]:
        """Let them work, and kill; gives what went wrong with the clients themselves."""
        self.ground.start()
        self.ground.await_answer()
        people = self.people()
        for person in people:
            person.start()
        for number in range(self.kills):
            self._let_work(people)
            what = self._choose()
            self.killed[what] += 1
            self._kill(what)
            self.away.append(self.ground.await_answer())
            print(f"{number + 1}/{self.kills} {what}", flush=True)
        self._let_work(people)
        self.stop.set()
        for person in people:
            person.join(120)
        stuck = [person.name for person in people if person.is_alive()]
        faults = [fault for person in people for fault in person.faults]
        return faults + [f"{name} did not come to an end" for name in stuck]

    def _choose(self) -> str:
        """What fails next."""
        weights = WEIGHTS[self.ground.database]
        if self.ground.database == POSTGRESQL and self.ground.postgres is None:
            weights = WEIGHTS["sqlite"]
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _let_work(self, people: list[Client]) -> None:
        """Until some more was confirmed, then a moment that nobody has chosen."""
        goal = sum(person.acknowledged for person in people)
        goal += self.chance.randint(LEAST_WORK, MOST_WORK)
        ends = time.monotonic() + MOST_SECONDS
        while sum(person.acknowledged for person in people) < goal and time.monotonic() < ends:
            time.sleep(0.02)
        time.sleep(self.chance.uniform(0, 0.1))

    def _kill(self, what: str) -> None:
        if what == BACKEND:
            kill(self._any_of(self._postgres.backends))
        elif what == DATABASE:
            self._postgres.kill()
            self._postgres.start()
        elif what == ALL:
            self.ground.kill_server()
            self.ground.start()
        elif what == SERVER:
            kill(self._any_of(self.ground.leading_processes))
        else:
            kill(self._any_of(self.ground.worker_processes))

    @property
    def _postgres(self) -> Any:
        return self.ground.postgres

    def _any_of(self, listed: Any) -> list[psutil.Process]:
        """One of those that run, as soon as one does."""
        until(listed, "nothing came back that could be killed")
        with suppress(IndexError):
            return [self.chance.choice(listed())]
        return []


def prove(ground: Ground, kills: int, seed: int, kind: "type[Crash]" = Crash) -> dict[str, Any]:
    """Run on a prepared ground; gives kills, outcomes and what was lost."""
    began = time.monotonic()
    crash = kind(ground, kills, seed, json.loads(ground.told("-m", "prove.scene")))
    faults = crash.run()
    ground.kill_server()
    ground.environment["PROVE_DIARIES"] = str(crash.diaries)
    verdict: dict[str, Any] = json.loads(ground.told("-m", "prove.afterwards"))
    log = ground.log.read_text(errors="replace")
    verdict["faults"] = faults
    verdict["tracebacks"] = log.count("Traceback")
    verdict["first_traceback"] = log[log.find("Traceback") :][:TOLD] if "Traceback" in log else ""
    verdict["killed"] = crash.killed
    verdict["away"] = crash.away
    verdict["seconds"] = time.monotonic() - began
    return verdict


def report(verdict: dict[str, Any]) -> bool:
    """Print the figures; whether nothing was lost."""
    killed = verdict["killed"]
    print(
        f"killed {sum(killed.values())}: " + ", ".join(f"{what} {n}" for what, n in killed.items())
    )
    for kind, counts in sorted(verdict["counts"].items()):
        print(f"{kind}: " + ", ".join(f"{end} {count}" for end, count in counts.items()))
    for line in verdict["told"]:
        print(line)
    away = sorted(verdict["away"]) or [0.0]
    print(f"away after a kill: median {away[len(away) // 2]:.1f} s, longest {away[-1]:.1f} s")
    for words, count in verdict["refused"]:
        print(f"refused {count} times: {words}")
    if verdict["tracebacks"]:
        print(f"tracebacks in the log of the server: {verdict['tracebacks']}")
        print(verdict["first_traceback"])
    for fault in (*verdict["faults"], *verdict["lost"]):
        print(f"LOST {fault}")
    print(f"lost={len(verdict['lost'])} {verdict['seconds']:.0f} s")
    return not verdict["lost"] and not verdict["faults"]


def main(database: str, kills: int, seed: int | None, *, keep: bool) -> bool:
    """Prove it on a fresh instance; whether nothing was lost."""
    chosen = random.SystemRandom().randrange(10**6) if seed is None else seed
    print(f"crash on {database}, {kills} kills, seed {chosen}", flush=True)
    with new_ground(database, keep=keep) as ground:
        if keep:
            print(f"kept in {ground.folder}")
        return report(prove(ground, kills, chosen))


__all__ = ["ProofFailed", "main", "prove", "report"]
