"""Dàn trang trong tiến trình riêng: this file is run by itself, sets one paper, then is gone with
all it remembered.

Standard input is {"template": path below this folder, "format": "pdf" or "png", "data": JSON as
text}; standard output
the paper.
"""

import json
import resource
import sys
from pathlib import Path

import typst

CPU_SECONDS = 60
MEMORY = 4 * 1024 * 1024 * 1024
_HERE = Path(__file__).parent


def main() -> None:
    """Set one paper with the fonts inside the typesetter."""
    given = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    made = typst.compile(
        _HERE / given["template"],
        root=_HERE,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        ppi=96,
        sys_inputs={"data": given["data"]},
        format=given["format"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
