"""Đọc bảng tính trong vòng canh giữ: this file is run by itself, reads one file, then is gone.

Standard input is the file; standard output the cells as JSON. Exit code 3 with one Vietnamese
sentence where the file is refused. Whatever a file does to the parser, it does it here, short of
time and memory.
"""

import io
import json
import sys
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from guarded.process import bind, end_refused
from guarded.refusals import Refused
from guarded.spreadsheets.cells import sheets_of
from guarded.spreadsheets.limits import CPU_SECONDS, LOCKED, NO_SPREADSHEET, TOO_LARGE
from guarded.spreadsheets.packages import look_inside
from guarded.spreadsheets.xls import look_at_old

_UNREADABLE = (
    CalamineError,
    ZipError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def main() -> int:
    """Bind this process first, then read."""
    given = sys.stdin.buffer.read()
    bind(cpu_seconds=CPU_SECONDS)
    try:
        is_package = given.startswith(b"PK\x03\x04")
        seen, is_of_1904 = look_inside(given) if is_package else look_at_old(given)
        sheets = sheets_of(CalamineWorkbook.from_filelike(io.BytesIO(given)), seen)
    except Refused as refusal:
        return end_refused(str(refusal))
    except PasswordError:
        return end_refused(LOCKED)
    except MemoryError:
        return end_refused(TOO_LARGE)
    except _UNREADABLE:
        return end_refused(NO_SPREADSHEET)
    book = {"sheets": sheets, "is_of_1904": is_of_1904}
    sys.stdout.buffer.write(json.dumps(book, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
