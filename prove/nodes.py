"""`python -m prove nodes`: two web nodes without a disk of their own, and machines that go.

Behind nginx two nodes serve, each in a network namespace; PgBouncer in transaction mode stands
before PostgreSQL and its standby, files are in an object store, keys of ballots in a folder of
both. While people save cells, mark, attach files, vote and import, a node, a worker or the pool is
killed, and once the primary, for good. What was acknowledged must stand, pages answer within 30
seconds.
"""

import json
import os
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from prove import crash, machines
from prove.crash import Crash
from prove.ground import POSTGRESQL, Ground, ProofFailed, free_port, kill, until
from prove.machines import NET, NODE_PORT, POOL, Database, Net, Process

NODE, WORKER, POOLER, PRIMARY = "a node", "a worker", "PgBouncer", "the primary of PostgreSQL"
WEIGHTS = {NODE: 50, WORKER: 30, POOLER: 20}
LONGEST_AWAY = 30.0


@dataclass
class Province(Ground):
    """All of it, met at the port of nginx."""

    net: Net = field(default_factory=lambda: Net({"ngonco-1": 11, "ngonco-2": 12}))
    nodes: list[Process] = field(default_factory=list)
    others: list[Process] = field(default_factory=list)
    pair: Database | None = None
    pooler: Process | None = None

    def prepare(self, url: str = "") -> None:
        """Begin what stands behind the nodes, and say where it is."""
        self.database, beside = POSTGRESQL, self.folder.parent
        self.pair = Database(beside / "postgresql")
        self.pair.start()
        self.pooler = machines.pool(beside / "pool", self.pair)
        store = free_port()
        self.others = [machines.store(beside, store), machines.front(beside / "front", self.port)]
        for process in (self.pooler, *self.others):
            process.start()
        super().prepare(url or f"postgresql://ngonco:{self.pair.password}@{NET}.1:{POOL}/ngonco")
        self.environment |= {
            "DATABASE_POOLED": "1",
            "SECRET_KEY": secrets.token_hex(32),
            "EVIDENCE_URL": "s3://kho/ngonco",
            "AWS_ENDPOINT_URL": f"http://{NET}.1:{store}",
            "AWS_ACCESS_KEY_ID": "kho",
            "AWS_SECRET_ACCESS_KEY": "kho",
            "BALLOT_KEYS": str(beside / "keys"),
            "PACKAGES": str(beside / "packages"),
            "TRUSTED_PROXIES": "1",
            "ACCESS_LOG": "1",
        }
        until(lambda: machines.hear(f"{NET}.1", store) or True, "no store")
        bucket = "import s3fs; s3fs.S3FileSystem().mkdir('kho')"
        until(lambda: not self.run("-c", bucket).returncode, "the store did not begin")
        self.nodes = [self._node(number) for number in (1, 2)]

    def _node(self, number: int) -> Process:
        own = self.folder.parent / f"node-{number}"
        own.mkdir()
        words = ["ip", "netns", "exec", f"ngonco-{number}", sys.executable, "-m", "tools.server"]
        words += ["--host", f"{NET}.{10 + number}", "--port", str(NODE_PORT)]
        environment = {**self.environment, "NGONCO_INSTANCE": str(own)}
        return Process(words, self.log, environment)

    def start(self) -> None:
        """Both nodes."""
        for number, node in enumerate(self.nodes):
            node.start()
            self.await_node(number)

    def await_node(self, number: int) -> None:
        """Until it answers by itself."""
        until(lambda: machines.hear(f"{NET}.{11 + number}", NODE_PORT), "a node did not begin")

    def kill_server(self) -> None:
        """Both nodes at once."""
        for node in self.nodes:
            node.kill()

    def end(self) -> None:
        """Leave nothing behind."""
        self.kill_server()
        for process in (*self.others, *([self.pooler] if self.pooler else [])):
            process.kill()
        if self.pair is not None:
            self.pair.end()
        self.net.end()


@dataclass
class Outage(Crash):
    """One run: machines go."""

    ground: Province

    def _choose(self) -> str:
        """A machine; half-way through, once, the primary."""
        if not self.killed[PRIMARY] and self.killed.total() >= self.kills // 2:
            return PRIMARY
        return self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def _kill(self, what: str) -> None:
        if what == PRIMARY:
            self._fail_over()
        elif what == POOLER:
            self._pool.kill()
            self._pool.start()
        else:
            self._kill_of_node(self.chance.randrange(2), what)

    def _kill_of_node(self, number: int, what: str) -> None:
        self.ground.await_node(1 - number)
        node = self.ground.nodes[number]
        if what == NODE:
            node.kill()
            node.start()
            return
        self.ground.await_node(number)
        below = psutil.Process(node.process.pid).children(recursive=True) if node.process else []
        kill([self.chance.choice(below[1:])] if below[1:] else [])

    def _fail_over(self) -> None:
        pair = self.ground.pair
        if pair is None:
            message = "there is no standby"
            raise ProofFailed(message)
        pair.fail_over()
        machines.point_pool(self.ground.folder.parent / "pool", pair.ports[1])
        self._pool.signal(signal.SIGHUP)

    @property
    def _pool(self) -> Process:
        if self.ground.pooler is None:
            message = "there is no pool"
            raise ProofFailed(message)
        return self.ground.pooler


@contextmanager
def new_province(*, keep: bool) -> Iterator[Province]:
    """All machines, gone when the proof has ended."""
    folder = Path(tempfile.mkdtemp(prefix="ngonco-nodes-"))
    folder.chmod(0o711)
    province = Province(folder / "instance")
    province.folder.mkdir()
    try:
        province.prepare()
        yield province
    finally:
        province.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def main(kills: int, seed: int | None, *, keep: bool, script: bool = False) -> bool:
    """Prove it; whether nothing was lost and nobody waited too long."""
    if os.geteuid() != 0 or machines.missing():
        sys.exit(
            "Cần quyền root và các gói: apt-get install -y "
            + " ".join(machines.missing() or sorted(set(machines.NEEDED.values())))
        )
    chosen = random.SystemRandom().randrange(10**6) if seed is None else seed
    print(f"nodes, {kills} kills, seed {chosen}", flush=True)
    if script:
        from prove import script as following

        return following.main(kills, chosen, keep=keep)
    began = time.monotonic()
    with new_province(keep=keep) as province:
        print(f"prepared in {time.monotonic() - began:.0f} s, {province.folder}", flush=True)
        verdict: dict[str, Any] = crash.prove(province, kills, chosen, Outage)
        if (longest := max(verdict["away"], default=0.0)) > LONGEST_AWAY:
            verdict["lost"].append(f"no page for {longest:.0f} s")
        verdict["told"].append(_who_served(province.log))
        return crash.report(verdict)


def _who_served(log: Path) -> str:
    """How many requests the nodes answered, as their own logs tell."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line[:1] == "{"]
    answered = [json.loads(line).get("status") for line in lines]
    served = [status for status in answered if status]
    return f"{len(served)} requests answered, {sum(status >= 500 for status in served)} by a fault"  # noqa: PLR2004
