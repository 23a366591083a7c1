"""Machines of a province on one machine: two web nodes in network namespaces of their own, and on
the bridge between them PostgreSQL with a standby, PgBouncer, an object store and nginx, by the very
files of `deploy/`.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from prove.ground import ROOT, ProofFailed, free_port, kill, until
from tools.server import end_with_parent

NET = "10.213.77"
POOL, NODE_PORT = 6432, 8000
BINARIES = Path("/usr/lib/postgresql/15/bin")
NEEDED = {
    "nginx": "nginx",
    "pgbouncer": "pgbouncer",
    str(BINARIES / "pg_basebackup"): "postgresql-15",
    "ip": "iproute2",
    "setpriv": "util-linux",
}
SAFE_PATH = "/usr/local/sbin:/usr/sbin:/sbin:" + os.environ.get("PATH", "")


def missing() -> list[str]:
    """Gói của Debian that this machine lacks for the proof."""
    return sorted(
        package for name, package in NEEDED.items() if shutil.which(name, path=SAFE_PATH) is None
    )


def filled(template: str, **places: object) -> str:
    """A file of `deploy/` as its scripts fill it."""
    text = (ROOT / "deploy" / template).read_text(encoding="utf-8")
    for name, value in places.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def run(*command: object, **environment: str) -> str:
    """What a command that must succeed says."""
    done = subprocess.run(  # noqa: S603 - our own words
        [str(word) for word in command],
        cwd="/",
        env={**os.environ, "PATH": SAFE_PATH, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
        raise ProofFailed(message)
    return done.stdout


@dataclass
class Process:
    """One program that runs until it is killed."""

    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own
                self.command,
                cwd=ROOT,
                env={"PATH": SAFE_PATH, "LANG": "C.UTF-8", **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it only asks for one thing
            )

    def kill(self) -> None:
        """It and all that it started, at once."""
        if self.process is None:
            return
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            processes = [first, *first.children(recursive=True)]
            kill(processes)
            psutil.wait_procs(processes[1:], timeout=10)
        self.process.wait()

    def signal(self, number: int) -> None:
        """Tell it something."""
        if self.process is not None:
            self.process.send_signal(number)


def postgres(folder: Path, *command: str) -> list[str]:
    """A command as the user of PostgreSQL, who owns the folder."""
    run("chown", "-R", "postgres:", folder)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


@dataclass
class Database:
    """PostgreSQL with a standby that has whatever was acknowledged."""

    folder: Path
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    servers: list[Process] = field(default_factory=list)

    def start(self) -> None:
        """The primary, then a copy of it that follows."""
        self.folder.mkdir()
        first, second = self.folder / "primary", self.folder / "standby"
        secret = self.folder / "secret"
        secret.write_text(self.password)
        words = [str(BINARIES / "initdb"), "-D", str(first), "-A", "scram-sha-256"]
        run(*postgres(self.folder, *words, f"--pwfile={secret}", "-U", "ngonco", "-E", "UTF8"))
        with (first / "pg_hba.conf").open("a") as access:
            access.write(f"host all,replication ngonco {NET}.0/24 scram-sha-256\n")
        named = (ROOT / "deploy/postgresql/primary.conf").read_text(encoding="utf-8")
        settings = [
            f"--{name}={value}"
            for name, value in re.findall(r"^(\w+) = '?([^'\n]*)'?$", named, re.MULTILINE)
        ]
        alone = [word for word in settings if "synchronous_standby" not in word]
        self._serve(first, self.ports[0], alone)
        self._sql("CREATE DATABASE ngonco")
        address = ["-h", f"{NET}.1", "-p", str(self.ports[0]), "-U", "ngonco"]
        copy = [str(BINARIES / "pg_basebackup"), "-D", str(second), "-R", "-X", "stream", *address]
        run(*postgres(self.folder, *copy), PGPASSWORD=self.password)
        self._serve(second, self.ports[1], alone)
        self.servers[0].kill()
        self.servers.pop(0)
        (first / "postmaster.pid").unlink(missing_ok=True)
        self._serve(first, self.ports[0], settings)
        self.servers.reverse()

    def _serve(self, data: Path, port: int, settings: list[str]) -> None:
        words = [str(BINARIES / "postgres"), "-D", str(data), "-p", str(port), "-h", f"{NET}.1"]
        words += ["-k", str(self.folder), *settings]
        server = Process(postgres(self.folder, *words), self.folder.parent / f"{data.name}.log")
        server.start()
        self.servers.append(server)
        ready = ["pg_isready", "-q", "-h", f"{NET}.1", "-p", str(port)]
        until(lambda: holds(*ready), f"PostgreSQL did not begin; see {server.log}")

    def _sql(self, words: str) -> None:
        address = ["-h", f"{NET}.1", "-p", str(self.ports[0]), "-U", "ngonco", "postgres"]
        run("psql", "-qtA", *address, "-c", words, PGPASSWORD=self.password)

    def fail_over(self) -> None:
        """The primary is gone for good; the standby takes its place."""
        self.servers[0].kill()
        words = [str(BINARIES / "pg_ctl"), "promote", "-w", "-D", str(self.folder / "standby")]
        run(*postgres(self.folder, *words))

    def end(self) -> None:
        """Leave no process behind."""
        for server in self.servers:
            server.kill()


def holds(*command: object) -> bool:
    """Whether a command succeeds."""
    try:
        run(*command)
    except ProofFailed:
        return False
    return True


class Net:
    """A bridge, and a namespace for each machine on it, by the last number of its address."""

    def __init__(self, places: Mapping[str, int], bridge: str = "ngonco0", net: str = NET) -> None:
        """Lay the wires."""
        self.places, self.bridge = places, bridge
        self.end()
        run("ip", "link", "add", bridge, "type", "bridge")
        run("ip", "addr", "add", f"{net}.1/24", "dev", bridge)
        run("ip", "link", "set", bridge, "up")
        for name, number in places.items():
            run("ip", "netns", "add", name)
            here, there = f"{bridge}-{number}a", f"{bridge}-{number}b"
            run("ip", "link", "add", here, "type", "veth", "peer", "name", there)
            run("ip", "link", "set", here, "master", bridge, "up")
            run("ip", "link", "set", there, "netns", name)
            inside = ["ip", "-n", name]
            run(*inside, "addr", "add", f"{net}.{number}/24", "dev", there)
            run(*inside, "link", "set", there, "up")
            run(*inside, "link", "set", "lo", "up")

    def end(self) -> None:
        """Take all of it away, also what a run before left."""
        for name, number in self.places.items():
            holds("ip", "link", "del", f"{self.bridge}-{number}a")
            holds("ip", "netns", "del", name)
        holds("ip", "link", "del", self.bridge)


def pool(folder: Path, database: Database) -> Process:
    """PgBouncer before the primary, in transaction mode."""
    folder.mkdir()
    point_pool(folder, database.ports[0])
    (folder / "userlist.txt").write_text(f'"ngonco" "{database.password}"\n')
    file = str(folder / "pgbouncer.ini")
    return Process(postgres(folder, "pgbouncer", "-q", file), folder.parent / "pgbouncer.err")


def point_pool(folder: Path, port: int) -> None:
    """Say where PostgreSQL is."""
    places: dict[str, Any] = {"DATABASE_HOST": f"{NET}.1", "DATABASE_PORT": port, "FOLDER": folder}
    places |= {"LISTEN": f"{NET}.1", "PID": folder / "pid", "LOG": folder / "log"}
    (folder / "pgbouncer.ini").write_text(filled("pgbouncer/pgbouncer.ini", **places))


def store(folder: Path, port: int, address: str = f"{NET}.1") -> Process:
    """An object store that speaks S3; what it holds is in its memory."""
    words = [sys.executable, "-m", "moto.server", "-H", address, "-p", str(port)]
    return Process(words, folder / "store.log")


def front(folder: Path, port: int) -> Process:
    """The nginx that people meet, before both nodes."""
    nodes = {f"NODE_{number}": f"{NET}.{10 + number}" for number in (1, 2)}
    return nginx(folder, port, filled("nginx/nodes.conf", **nodes))


def nginx(folder: Path, port: int, upstream: str) -> Process:
    """Debian's nginx with what `deploy/` tells it, before the servers of `upstream`."""
    folder.mkdir()
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; "
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; "
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"{upstream}\n"
        f"server {{ listen 127.0.0.1:{port}; include {ROOT}/deploy/nginx/proxy.conf; }} }}\n"
    )
    words = ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    return Process(words, folder.parent / "nginx.err")


def hear(address: str, port: int) -> bool:
    """Whether somebody answers there with a page."""
    from http.client import HTTPConnection, HTTPException

    link = HTTPConnection(address, port, timeout=5)
    try:
        link.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
        return link.getresponse().status == 200  # noqa: PLR2004 - as HTTP says
    except (OSError, HTTPException):
        return False
    finally:
        link.close()
