"""Khôi phục thử: a backup goes back into an empty instance that lives as long as the trial, by the
very commands that a person would type, and its record is compared with all of its rows.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_LONGEST = 1_000
"""Ký tự giữ lại của lời báo lỗi."""


def rehearse(archive: Path, head: str) -> str:
    """Khôi phục thử `archive`, whose record ended at `head`; gives what was wrong, or nothing."""
    with tempfile.TemporaryDirectory(prefix="ngonco-rehearsal-") as folder:
        environment = _instance(Path(folder))
        checking = ["audit", "verify", *(["--head", head] if head else [])]
        for name, command in (
            ("flask db upgrade", ["db", "upgrade"]),
            ("flask restore", ["restore", str(archive)]),
            ("flask audit verify", checking),
        ):
            if fault := _fault_of(command, environment):
                return f"{name}: {fault}"
    return ""


def _fault_of(command: Sequence[str], environment: dict[str, str]) -> str:
    """What one of our commands said when it failed; empty where it did not."""
    ended = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    words = (ended.stderr.strip() or ended.stdout.strip())[-_LONGEST:]
    return (words or "không nói vì sao.") if ended.returncode else ""


def _instance(folder: Path) -> dict[str, str]:
    """The settings of an instance that has nothing of this one's but the program."""
    ours = {"NGONCO_MODE", "DATABASE_POOLED", "SECRET_KEY_FALLBACKS", "SMTP_HOST"}
    places = ("BALLOT_KEYS", "PACKAGES", "LOGS", "OUTBOX")
    return {
        **{name: value for name, value in os.environ.items() if name not in ours},
        **{name: str(folder / name.lower()) for name in places},
        "NGONCO_INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'rehearsal.db'}",
        "EVIDENCE_URL": str(folder / "evidence"),
        "SECRET_KEY": secrets.token_hex(),
        "PUBLIC_URL": "https://rehearsal.invalid",
    }
