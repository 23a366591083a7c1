"""Chạy riêng: one heavy or risky job in a process of its own, which hands back what it made and is gone with its memory.

The scripts (`reader.py`, `guard.py`, `typesetter.py`) import nothing of the application, so that they start at once, and
inherit nothing of its environment.
"""

import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent


class TookTooLong(Exception):
    """Chạy quá lâu nên bị dừng."""


def run(script: str, given: bytes, *, seconds: int) -> "subprocess.CompletedProcess[bytes]":
    """Chạy một tệp của gói này with `given` on its standard input. Raises TookTooLong."""
    try:
        return subprocess.run([sys.executable, "-P", str(_HERE / script)], input=given, capture_output=True,  # noqa: S603 - our own
                              timeout=seconds, check=False, env={})
    except subprocess.TimeoutExpired as late:
        raise TookTooLong from late
