"""Xem gói Office trong vòng canh giữ: run by itself, it says what one file is, then is gone.

Standard input is the file, a zip; standard output "word" or "excel". Exit code 3 with one
Vietnamese sentence where the file is refused.
"""

import io
import os
import re
import resource
import sys
import zipfile

REFUSED = 3
CPU_SECONDS = 3
MEMORY = 512 * 1024 * 1024
MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 300 * 1024 * 1024
_BODY = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_WORKBOOK = re.compile(r"xl/workbook\d*\.xml", re.IGNORECASE)
"""Phần chính: a browser's Word or Excel numbers the one it saves."""


def main() -> int:
    """Bind this process first, then look."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return _fail("Tệp Word hoặc Excel này bị hỏng, không mở được.")
    except MemoryError:
        return _fail("Tệp nén này mở ra quá lớn.")
    return _look(members)


def _look(members: list[zipfile.ZipInfo]) -> int:
    """Say by its members what the file is, or why it is not taken."""
    names = {member.filename for member in members}
    is_large = sum(member.file_size for member in members) > LARGEST_UNPACKED
    if is_large or len(members) > MOST_MEMBERS:
        return _fail("Tệp nén này mở ra quá lớn.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return _fail("Tệp có macro; hãy lưu lại thành .docx hoặc .xlsx không có macro.")
    for part, kind in ((_BODY, "word"), (_WORKBOOK, "excel")):
        if "[Content_Types].xml" in names and any(map(part.fullmatch, names)):
            sys.stdout.write(kind)
            return 0
    return _fail("Tệp nén này không phải Word (.docx) hay Excel (.xlsx).")


def _fail(sentence: str) -> int:
    sys.stderr.buffer.write(sentence.encode())
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
