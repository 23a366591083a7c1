"""Ghi bền: bytes and names that outlive a power cut from the moment it is said that they are
written.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PARTIAL = ".partial"
"""Đuôi của tệp đang ghi dở; nothing under such a name was ever acknowledged."""


def sync_folder(folder: Path) -> None:
    """Giữ các tên trong thư mục: what was made, renamed or removed in `folder` is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems keep names at once and say so
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Tạo thư mục for its owner alone; each new one is kept by the one above it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Tệp trọn vẹn: nothing is called `path` before all of it is on the disk; a failure leaves
    nothing.
    """
    partial = path.with_name(path.name + PARTIAL)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
