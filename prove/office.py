"""`python -m prove office`: `deploy/office.sh` is followed from nothing on a machine of Debian 12.

With systemd as its first process: units, sockets, hardening and timers are those that an office
has. Then the service is reloaded while people ask, killed, and the machine switched off and on; the
nightly units run; the script is run once more, as after an upgrade.
"""

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from prove import machines, roots
from prove.browser import Browser, NoAnswer
from prove.ground import until
from prove.machines import Net
from prove.roots import Machine

NAME, NET, BRIDGE, PLACE = "thidua.vidu.vn", "10.213.79", "ngonco2", 10
SCRIPT = "/srv/ngonco/deploy/office.sh"
WORDS = (NAME, "/etc/ssl/ngonco.pem", "/etc/ssl/ngonco.key")
NIGHTLY = ("ngonco-remind", "ngonco-backup", "ngonco-verify")
UNITS = ("ngonco.socket", "ngonco.service", *(f"{name}.timer" for name in NIGHTLY), "nginx")
VISITORS = 4
BACK_WITHIN = 60.0
REPLACED_WITHIN = 200.0
"""The old generation leaves as soon as it has answered, and after 135 seconds at the latest."""


@dataclass
class Office:
    """The machine, and what did not hold."""

    machine: Machine
    wrong: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def demand(self, holds: object, sentence: str) -> None:
        """Note what does not hold."""
        print(f"  {'well' if holds else 'WRONG'}: {sentence}", flush=True)
        if not holds:
            self.wrong.append(sentence)

    def ask(self, path: str) -> int:
        """A page through nginx, on a connection of its own."""
        somebody = Browser(443, "", "", f"https://{NAME}", f"{NET}.{PLACE}", patience=30)
        try:
            return somebody.ask(path).status
        finally:
            somebody.close()

    def answers(self) -> bool:
        """Whether a page comes that needs the database."""
        try:
            return self.ask("/account/sign-in") == HTTPStatus.OK
        except NoAnswer:
            return False

    def visit(self, is_over: threading.Event) -> None:
        """Somebody who asks for page after page."""
        while not is_over.is_set():
            try:
                self.statuses.append(self.ask("/account/sign-in"))
            except NoAnswer as silence:
                self.refused.append(str(silence))

    def follow(self, words: str) -> None:
        """The script; afterwards all of its units run."""
        began = time.monotonic()
        self.machine.run(SCRIPT, *WORDS)
        print(f"{words}, {time.monotonic() - began:.0f} s", flush=True)
        for unit in UNITS:
            state = self.machine.ask("systemctl", "is-active", unit).stdout.strip()
            self.demand(state == "active", f"{unit}: {state}")
        until(self.answers, "nobody answers")
        ready = self.machine.ask(
            "/srv/ngonco/.venv/bin/python", "-c",
            "from urllib.request import Request, urlopen; print(urlopen(Request("
            f"'http://127.0.0.1:8000/readyz', headers={{'Host': '{NAME}'}})).read().decode())",
        )  # fmt: skip
        self.demand('"ready":true' in ready.stdout.replace(" ", ""), f"ready: {ready.stdout}")

    def reload(self) -> None:
        """`systemctl reload` while people ask: all are answered."""
        is_over, before = threading.Event(), self._led_by()
        visitors = [threading.Thread(target=self.visit, args=(is_over,)) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        self.machine.run("systemctl", "reload", "ngonco")
        took = until(
            lambda: not set(before) & set(self._led_by()), "no new generation", REPLACED_WITHIN
        )
        is_over.set()
        for visitor in visitors:
            visitor.join()
        words = f"reloaded in {took:.0f} s: {len(self.statuses)} answers, {len(self.refused)} none"
        self.demand(set(self.statuses) == {200} and not self.refused, words)

    def _led_by(self) -> list[str]:
        """The processes that the service has started, without the one that stays."""
        main = self.machine.run("systemctl", "show", "-P", "MainPID", "ngonco").strip()
        return self.machine.ask("pgrep", "-P", main).stdout.split()

    def nights(self) -> None:
        """What runs at night, run now; each by its unit."""
        for name in NIGHTLY:
            self.machine.ask("systemctl", "start", f"{name}.service")
            result = self.machine.run("systemctl", "show", "-P", "Result", name).strip()
            self.demand(result == "success", f"{name}: {result}")
            if result != "success":
                print(self.machine.ask("journalctl", "-n", "20", "-u", name).stdout)
        kept = [file.name for file in (self.machine.root / "backup").iterdir()]
        self.demand(kept, f"backups: {kept}")

    def fall(self) -> None:
        """Its first process is killed; then the machine is switched off and on."""
        self.machine.run("systemctl", "kill", "-s", "KILL", "ngonco")
        took = until(self.answers, "did not come back")
        self.demand(took < BACK_WITHIN, f"killed, answers after {took:.1f} s")
        self.machine.run("systemctl", "kill", "-s", "KILL", "nginx")
        took = until(self.answers, "nginx did not come back")
        self.demand(took < BACK_WITHIN, f"nginx killed, answers after {took:.1f} s")
        self.machine.cut_off()
        self.machine.start()
        took = until(self.answers, "did not come back with its machine")
        self.demand(took < BACK_WITHIN, f"switched off and on, answers after {took:.1f} s")


@contextmanager
def new_office(*, keep: bool) -> Iterator[Office]:
    """A machine of its own."""
    folder = Path(tempfile.mkdtemp(prefix="ngonco-office-"))
    folder.chmod(0o755)
    net = Net({"ngonco-office": PLACE}, BRIDGE, NET)
    machine = Machine("ngonco-office", folder)
    try:
        machine.install()
        machine.certify(NAME)
        machine.start()
        yield Office(machine)
    finally:
        machine.end()
        net.end()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def main(*, keep: bool) -> bool:
    """Follow it; whether all of it held."""
    if lacking := [*machines.missing(), *roots.missing()]:
        sys.exit("Cần quyền root và các gói: apt-get install -y " + " ".join(lacking))
    roots.fill_cache()
    with new_office(keep=keep) as office:
        office.follow("office.sh on a fresh machine")
        office.reload()
        office.nights()
        office.fall()
        office.follow("office.sh once more")
        print(office.machine.ask("systemd-analyze", "security", "--no-pager").stdout)
    print(f"wrong={len(office.wrong)}")
    return not office.wrong
