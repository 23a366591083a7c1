"""`python -m prove nodes --script`: `deploy/nodes.sh` is followed from nothing, then machines go.

Six machines of Debian 12, each with systemd and a disk of its own, in network namespaces: each step
of the script is typed as its head says. People work through nginx by HTTPS; a web node is switched
off, a worker or PgBouncer is killed, and half-way through the primary of PostgreSQL goes for good:
its standby is promoted by the script's own words.
"""

import json
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil

from prove import crash, machines, roots
from prove.browser import Browser, NoAnswer
from prove.ground import POSTGRESQL, Ground, ProofFailed, kill, until
from prove.machines import Net, Process, run
from prove.nodes import LONGEST_AWAY, NODE, POOLER, PRIMARY, Outage
from prove.roots import Machine

NAME, NET, BRIDGE, STORE = "thidua.vidu.vn", "10.213.78", "ngonco1", 9000
PLACES = {"primary": 10, "standby": 11, "pool": 12, "web-1": 21, "web-2": 22, "front": 31}
SCRIPT = "/srv/ngonco/deploy/nodes.sh"


def address(name: str) -> str:
    """Where a machine is."""
    return f"{NET}.{PLACES[name]}"


@dataclass
class Town(Ground):
    """All six, met at nginx."""

    machines: dict[str, Machine] = field(default_factory=dict)
    net: Net | None = None
    objects: Process | None = None
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    def prepare(self, url: str = "") -> None:
        """Switch the machines on, and follow the script on each."""
        self.database, beside = POSTGRESQL, self.folder.parent
        super().prepare(url or f"postgresql://ngonco:{self.password}@{address('pool')}:6432/ngonco")
        self.net = Net({f"ngonco-{name}": place for name, place in PLACES.items()}, BRIDGE, NET)
        self.objects = machines.store(beside, STORE, f"{NET}.1")
        self.objects.start()
        self.environment |= self._settings(beside / "shared")
        until(lambda: machines.hear(f"{NET}.1", STORE) or True, "no store")
        bucket = "import s3fs; s3fs.S3FileSystem().mkdir('kho')"
        until(lambda: not self.run("-c", bucket).returncode, "the store did not begin")
        for name in PLACES:
            shared = beside / "shared" if name.startswith("web") else None
            self.machines[name] = Machine(f"ngonco-{name}", beside / name, shared)
            self.machines[name].install()
            self.machines[name].start()
        self._follow()

    def _settings(self, shared: Path) -> dict[str, str]:
        for place in (shared / "keys", shared / "packages"):
            place.mkdir(parents=True)
        return {
            "NGONCO_MODE": "demo",
            "SECRET_KEY": secrets.token_hex(32),
            "DATABASE_URL": self.url,
            "DATABASE_POOLED": "1",
            "EVIDENCE_URL": "s3://kho/ngonco",
            "AWS_ENDPOINT_URL": f"http://{NET}.1:{STORE}",
            "AWS_ACCESS_KEY_ID": "kho",
            "AWS_SECRET_ACCESS_KEY": "kho",
            "BALLOT_KEYS": str(shared / "keys"),
            "PACKAGES": str(shared / "packages"),
            "PUBLIC_URL": f"https://{NAME}",
            "TRUSTED_HOSTS": NAME,
            "TRUSTED_PROXIES": "1",
        }

    def _follow(self) -> None:
        """The steps, as the head of the script has them."""
        step = self._step
        step("primary", "primary", address("primary"), f"{NET}.0/24", self.password)
        step("standby", "standby", address("primary"), address("standby"), self.password,
             f"{NET}.0/24")  # fmt: skip
        step("pool", "pool", address("primary"), address("pool"), self.password)
        for name in ("web-1", "web-2"):
            told = {**self.environment, "LISTEN": address(name)}
            told |= {"BALLOT_KEYS": "/shared/keys", "PACKAGES": "/shared/packages"}
            kept = ("NGONCO_INSTANCE", "PORT", "PATH", "HOME", "LANG", "FLASK_APP", "PYTHONPATH")
            lines = [f"{key}={value}\n" for key, value in told.items() if key not in kept]
            self.machines[name].write("/root/settings", "".join(lines))
            if name == "web-1":
                self._share()
            step(name, "web", "/root/settings")
        self.machines["front"].certify(NAME)
        step("front", "front", NAME, "/etc/ssl/ngonco.pem", "/etc/ssl/ngonco.key",
             address("web-1"), address("web-2"))  # fmt: skip

    def _share(self) -> None:
        """What the script says of folders that are not the account's is done."""
        refused = self.machines["web-1"].ask(SCRIPT, "web", "/root/settings").stderr
        named = re.search(r"uid (\d+), gid (\d+)", refused)
        if named is None:
            raise ProofFailed(refused)
        run("chown", "-R", ":".join(named.groups()), self.folder.parent / "shared")

    def _step(self, name: str, *words: str) -> None:
        began = time.monotonic()
        self.machines[name].run(SCRIPT, *words)
        print(f"{name}: nodes.sh {words[0]}, {time.monotonic() - began:.0f} s", flush=True)

    def told(self, *command: str, stdin: str = "") -> str:
        """As ever; of a scene also where its people find the office."""
        said = super().told(*command, stdin=stdin)
        if command[-1] != "prove.scene":
            return said
        scene = json.loads(said)
        for name, session in scene["sessions"].items():
            scene["sessions"][name] = [*session, f"https://{NAME}", address("front")]
        return json.dumps(scene)

    def answers(self, path: str = "/account/sign-in") -> bool:
        """Whether a page comes through nginx that needs the database."""
        somebody = Browser(self.port, "", "", f"https://{NAME}", address("front"), patience=5)
        try:
            return somebody.ask(path).status == HTTPStatus.OK
        except NoAnswer:
            return False
        finally:
            somebody.close()

    def start(self) -> None:
        """Both web nodes, as they begin with their machines."""
        for name in ("web-1", "web-2"):
            self.await_node(name)

    def await_node(self, name: str) -> None:
        """Until it answers by itself."""
        until(lambda: machines.hear(address(name), 8000), f"{name} did not begin")

    def kill_server(self) -> None:
        """The service of both web nodes; what it has said is kept beside the machines."""
        said = []
        for name in ("web-1", "web-2"):
            if name in self.machines:
                self.machines[name].ask("systemctl", "stop", "ngonco")
                told = self.machines[name].ask("journalctl", "--unit=ngonco", "--output=cat")
                said.append(told.stdout)
        self.log.write_text("".join(said), encoding="utf-8")

    def end(self) -> None:
        """Leave nothing behind."""
        for machine in self.machines.values():
            machine.end()
        if self.objects is not None:
            self.objects.kill()
        if self.net is not None:
            self.net.end()


@dataclass
class Evening(Outage):
    """One run: machines go, and come back by themselves."""

    ground: Town  # type: ignore[assignment]

    def run(self) -> list[str]:
        """As ever; before and afterwards somebody signs in with a password."""
        self.ground.await_answer()
        return [*self._signs_in("at first"), *super().run(), *self._signs_in("at the end")]

    def _signs_in(self, when: str) -> list[str]:
        from campaign.demo.content.people import PASSWORD

        somebody = Browser(443, "", "", f"https://{NAME}", address("front"))
        page = somebody.ask("/account/sign-in").page
        fields = {"user_name": self.scene["reports"][0]["officer"], "password": PASSWORD}
        fields["csrf_token"] = page.xpath("//input[@name='csrf_token']/@value")[0]
        came = somebody.post("/account/sign-in", fields)
        somebody.close()
        return [] if came.status == HTTPStatus.SEE_OTHER else [f"no sign-in {when}: {came.status}"]

    def _kill(self, what: str) -> None:
        names = ["web-1", "web-2"]
        self.chance.shuffle(names)
        if what == PRIMARY:
            self._fail_over()
        elif what == POOLER:
            self.ground.machines["pool"].run("systemctl", "kill", "-s", "KILL", "pgbouncer")
        elif what == NODE:
            self.ground.await_node(names[1])
            self.ground.machines[names[0]].cut_off()
            self.ground.machines[names[0]].start()
        else:
            self._kill_worker(self.ground.machines[names[0]])

    def _kill_worker(self, machine: Machine) -> None:
        first = psutil.Process(machine.first())
        below = [
            process
            for process in first.children(recursive=True)
            if "tools.generation" in process.cmdline() and not process.children()
        ]
        kill([self.chance.choice(below)] if below else [])

    def _fail_over(self) -> None:
        town = self.ground
        town.machines["primary"].cut_off()
        began = time.monotonic()
        town.machines["standby"].run(SCRIPT, "promote")
        step = ("pool", address("standby"), address("pool"), town.password)
        town.machines["pool"].run(SCRIPT, *step)
        print(f"standby promoted, pool told: {time.monotonic() - began:.1f} s", flush=True)


@contextmanager
def new_town(*, keep: bool) -> Iterator[Town]:
    """All machines, gone when the proof has ended."""
    folder = Path(tempfile.mkdtemp(prefix="ngonco-town-"))
    folder.chmod(0o755)
    town = Town(folder / "instance", port=443)
    town.folder.mkdir()
    try:
        town.prepare()
        yield town
    finally:
        town.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def main(kills: int, seed: int, *, keep: bool) -> bool:
    """Follow the script, and prove what it set up."""
    if missing := roots.missing():
        sys.exit("Cần các gói: apt-get install -y " + " ".join(missing))
    roots.fill_cache()
    began = time.monotonic()
    with new_town(keep=keep) as town:
        print(f"set up in {time.monotonic() - began:.0f} s, {town.folder}", flush=True)
        verdict: dict[str, Any] = crash.prove(town, kills, seed, Evening)
        if (longest := max(verdict["away"], default=0.0)) > LONGEST_AWAY:
            verdict["lost"].append(f"no page for {longest:.0f} s")
        return crash.report(verdict)


__all__ = ["ProofFailed", "main"]
