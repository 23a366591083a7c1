"""Prepare the virtual environment in `.venv`; it is left alone while the pinned requirements stand
as they are.

Runs on the system's Python, standard library only: `python3 tools/bootstrap.py requirements.txt`.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NEEDED = (3, 11)


def python() -> Path:
    """The interpreter of the environment."""
    windows = VENV / "Scripts" / "python.exe"
    return windows if windows.exists() else VENV / "bin" / "python"


def create() -> None:
    """Make the environment, or say what the machine lacks."""
    try:
        import venv

        venv.EnvBuilder(with_pip=True).create(VENV)
    except (ImportError, subprocess.CalledProcessError):
        sys.exit(
            "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"
        )


def main() -> None:
    """Install `requirements` unless exactly they were installed before."""
    if sys.version_info < NEEDED:
        sys.exit(
            f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed; this is {sys.version.split()[0]}."
        )
    requirements = ROOT / sys.argv[1]
    stamp = VENV / f"installed-{requirements.stem}"
    digest = hashlib.sha256(
        requirements.read_bytes() + (ROOT / "requirements.txt").read_bytes()
    ).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    if not python().exists():
        create()
    command = [
        str(python()),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        str(requirements),
    ]
    if subprocess.run(command, check=False).returncode:
        sys.exit("The packages could not be installed; is the network reachable?")
    stamp.write_text(digest, encoding="ascii")


if __name__ == "__main__":
    main()
