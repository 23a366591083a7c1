"""Vòng canh giữ: a process binds itself before it looks at a file, and says in one sentence why it
does not take one.
"""

import os
import resource
import sys

REFUSED = 3
"""How it ends where the file is refused, the sentence on its standard error."""
MEMORY = 1024 * 1024 * 1024


def bind(*, cpu_seconds: int) -> None:
    """Tự trói: short of time and memory, and without a file to write; leaves no dump behind."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_refused(sentence: str) -> int:
    """Không nhận: tell why, and how to end."""
    sys.stderr.buffer.write(sentence.encode(errors="replace"))
    return REFUSED
