"""Chạy riêng: one heavy or risky job in a process of its own, which hands back what it made and is gone with its memory.

The scripts (`reader.py`, `guard.py`, `typesetter.py`, and `bagger.py` of the archive) import nothing of the application,
so that they start at once, and inherit nothing of its environment; `packer.py` of the archive, which is the application, does.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


class TookTooLong(Exception):
    """Chạy quá lâu nên bị dừng."""


_NOTHING: Mapping[str, str] = MappingProxyType({})


def run(script: Path, given: bytes, *, seconds: int, environment: Mapping[str, str] = _NOTHING) -> "subprocess.CompletedProcess[bytes]":
    """Chạy một tệp with `given` on its standard input. Raises TookTooLong."""
    try:
        return subprocess.run([sys.executable, "-P", str(script)], input=given, capture_output=True,  # noqa: S603 - our own
                              timeout=seconds, check=False, env=dict(environment))
    except subprocess.TimeoutExpired as late:
        raise TookTooLong from late
