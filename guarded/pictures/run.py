"""Vẽ lại ảnh trong vòng canh giữ: run by itself; standard input is a picture from outside, standard
output the same picture as PNG: upright, no larger than a page shows it, and without any word that
its camera wrote into it. Exit code 3 with one Vietnamese sentence where it is refused.
"""

import sys
import tempfile
from pathlib import Path

import typst

from guarded.pictures.sizes import NO_PICTURE, TOO_LARGE, demand_size
from guarded.process import bind, end_refused
from guarded.refusals import Refused

CPU_SECONDS = 20
LARGEST_SIDE = 1200
_DRAWING = """#set page(width: auto, height: auto, margin: 0pt)
#context {{
  let size = measure(image("picture.{extension}"))
  let share = {side} / calc.max(size.width.pt(), size.height.pt())
  image("picture.{extension}", width: size.width * share, height: size.height * share)
}}
"""


def main() -> int:
    """Measure, bind this process, then draw."""
    given = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        try:
            extension, width, height = demand_size(given)
        except Refused as refusal:
            return end_refused(str(refusal))
        side = min(LARGEST_SIDE, max(width, height))
        page = Path(folder, "page.typ")
        page.write_text(_DRAWING.format(extension=extension, side=side))
        page.with_name(f"picture.{extension}").write_bytes(given)
        bind(cpu_seconds=CPU_SECONDS)
        try:
            made = _drawn(page)
        except RuntimeError:
            return end_refused(NO_PICTURE)
        except MemoryError:
            return end_refused(TOO_LARGE)
    sys.stdout.buffer.write(made)
    return 0


def _drawn(page: Path) -> bytes:
    made: bytes = typst.compile(
        page,
        root=page.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        ppi=72,
        format="png",
    )
    return made


if __name__ == "__main__":
    sys.exit(main())
