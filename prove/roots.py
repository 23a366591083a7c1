"""Fresh machines of Debian 12 on one machine: each a root of its own, in a network namespace of its
own, with systemd as its first process. What they install lies in a cache; they reach no network.
"""

import hashlib
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from prove.ground import ROOT, ProofFailed, kill, until
from prove.machines import SAFE_PATH, run
from tools.server import end_with_parent

CACHE = Path("/var/cache/ngonco-prove")
RELEASE = "bookworm"
INCLUDED = "systemd,systemd-sysv,dbus,ca-certificates,iproute2,procps,python3"
INSTALLED = ("python3-venv", "nginx", "pgbouncer", "postgresql", "postgresql-15")
"""What the scripts of `deploy/` ask of apt."""
BUILT_WITH = ("setuptools", "setuptools-scm", "wheel")
"""What pip fetches for a package that comes as its source alone (bagit)."""
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container"}
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
CONTROLLERS = Path("/sys/fs/cgroup")


def missing() -> list[str]:
    """Gói của Debian that this machine lacks besides those of `machines.py`."""
    return sorted(
        package for name, package in NEEDED.items() if shutil.which(name, path=SAFE_PATH) is None
    )


def fill_cache() -> None:
    """A root of Debian, and beside it whatever is installed into one; fetched once."""
    base, wheels = CACHE / "base", CACHE / "wheels"
    if not base.exists():
        part = CACHE / "base.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        run("debootstrap", "--variant=minbase", f"--include={INCLUDED}", RELEASE, part)
        install = ["apt-get", "install", "-y", "--no-install-recommends", "--download-only"]
        run("chroot", part, *install, *INSTALLED)
        part.rename(base)
    asked = hashlib.sha256((ROOT / "requirements-s3.txt").read_bytes()).hexdigest()
    stamp = wheels / "asked"
    if stamp.exists() and stamp.read_text() == asked:
        return
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "-d", wheels]
    run(*fetch, "--require-hashes", "-r", ROOT / "requirements-s3.txt")
    run(*fetch, *BUILT_WITH)
    stamp.write_text(asked)


@dataclass
class Machine:
    """One machine: `run` is what its administrator types."""

    name: str
    folder: Path
    shared: Path | None = None
    """A folder of all that is mounted here at /shared."""
    process: subprocess.Popen[bytes] | None = None
    mounted: bool = field(default=False, init=False)

    @property
    def root(self) -> Path:
        """Its disk."""
        return self.folder / "root"

    def install(self) -> None:
        """A disk with Debian and the project, as the README asks for it, and nothing else; what a
        run before left of the machine ends.
        """
        for group in self._groups():
            for file in group.rglob("cgroup.procs"):
                kill([psutil.Process(int(pid)) for pid in file.read_text().split()])
        layers = {layer: self.folder / layer for layer in ("upper", "work")}
        for place in (*layers.values(), self.root):
            place.mkdir(parents=True)
        words = ",".join(f"{layer}dir={place}" for layer, place in layers.items())
        run(
            "mount", "-t", "overlay", self.name,
            "-o", f"lowerdir={CACHE / 'base'},{words}", self.root,
        )  # fmt: skip
        self.mounted = True
        (self.root / "etc/hostname").write_text(f"{self.name}\n")
        (self.root / "etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n")
        (self.root / "etc/pip.conf").write_text("[global]\nno-index = true\nfind-links = /wheels\n")
        self._copy_project()

    def _copy_project(self) -> None:
        project = self.root / "srv/ngonco"
        listed = run("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard")
        for name in listed.splitlines():
            if (ROOT / name).is_file():
                (project / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, project / name)

    def start(self) -> None:
        """Switch it on; wait until all of its services have begun."""
        command = ["systemd-nspawn", "-q", "-D", str(self.root), "-M", self.name, "--boot"]
        command += [f"--network-namespace-path=/run/netns/{self.name}", "--console=read-only"]
        command += [f"--bind-ro={CACHE / 'wheels'}:/wheels"]
        command += [f"--bind={self.shared}:/shared"] if self.shared else []
        if not Path("/run/systemd/system").exists():
            command += ["--register=no", "--keep-unit"]
        with (self.folder / "console.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own
                command,
                env={**ENVIRONMENT, "PATH": SAFE_PATH},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=self._begin,  # noqa: PLW1509 - there are no threads here
            )
        until(self._is_up, f"{self.name} did not come up; see {self.folder}/console.log")

    def _begin(self) -> None:
        """Groups of its own, for what ends a service here must end nothing of another machine."""
        end_with_parent()
        for group in self._groups():
            group.mkdir(exist_ok=True)
            (group / "cgroup.procs").write_text("0")

    def _groups(self) -> list[Path]:
        """One for each controller, or one for all of them."""
        if self._is_unified():
            return [CONTROLLERS / self.name]
        return [
            controller / self.name
            for controller in CONTROLLERS.iterdir()
            if controller.is_dir() and controller.name not in {"cpuset", "cpu,cpuacct"}
        ]

    @staticmethod
    def _is_unified() -> bool:
        return (CONTROLLERS / "cgroup.procs").exists()

    def _is_up(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            message = f"{self.name} ended; see {self.folder}/console.log"
            raise ProofFailed(message)
        said = self.ask("systemctl", "is-system-running").stdout.strip() if self.first() else ""
        return said in {"running", "degraded"}

    def first(self) -> int:
        """Its first process, as this machine counts; 0 where there is none yet."""
        with suppress(psutil.NoSuchProcess, OSError):
            for child in psutil.Process(self.process.pid if self.process else 0).children():
                status = Path(f"/proc/{child.pid}/status").read_text()
                inside = next(row for row in status.splitlines() if row.startswith("NSpid"))
                if inside.split()[-1] == "1":
                    return int(child.pid)
        return 0

    def ask(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command in it, whatever comes of it."""
        enter = ["nsenter", "-a", "-t", str(self.first()), "env", "-i", "-C", "/root"]
        words = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
        return subprocess.run(  # noqa: S603 - our own words
            [*enter, *words, *command], capture_output=True, text=True, check=False
        )

    def run(self, *command: str) -> str:
        """A command in it that must succeed."""
        done = self.ask(*command)
        if done.returncode:
            message = f"{self.name}: {' '.join(command)}\n{done.stdout}{done.stderr}"
            raise ProofFailed(message)
        return done.stdout + done.stderr

    def write(self, name: str, text: str) -> None:
        """A file of it, for root alone."""
        place = self.root / name.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(0o600)
        place.write_text(text)

    def certify(self, name: str) -> None:
        """A certificate of nobody's for its nginx."""
        place = self.root / "etc/ssl"
        words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        words += ["-subj", f"/CN={name}", "-out", str(place / "ngonco.pem")]
        run(*words, "-keyout", place / "ngonco.key")

    def cut_off(self) -> None:
        """All of its processes at once, as when the power fails; its disk stays."""
        if self.process is not None:
            first = self.first()
            with suppress(psutil.NoSuchProcess):
                kill([psutil.Process(pid) for pid in (first, self.process.pid) if pid])
            self.process.kill()
            self.process.wait()

    def end(self) -> None:
        """Take it away."""
        self.cut_off()
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.root)], check=False)  # noqa: S603, S607 - ours
