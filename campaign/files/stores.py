"""Kho ở nơi khác: how a store that is no folder of this machine is asked, and for how long.

A store that does not answer holds no worker: each question has its time, and before anything large
is sent the store is asked whether it is there at all.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem

from campaign.core.errors import Busy, RuleViolation

ANSWER_SECONDS, TRIES = 5, 1
"""So long an object store may take to answer, and so often it is asked."""
SENDING_SECONDS = 60
"""So long one file may take on its way to a store that has just answered."""
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_UNKNOWN = "Kho tệp chưa mở được vì EVIDENCE_URL chưa đúng. Hãy báo quản trị hệ thống."
_AWAY = "Kho tệp không trả lời nên chưa đọc, chưa ghi được tệp. Hãy thử lại sau giây lát."


def is_object_store(url: str) -> bool:
    """Kho đối tượng: where folders are only parts of names."""
    return url.startswith(("s3://", "s3a://"))


def bounds_of(url: str) -> dict[str, Any]:
    """Cách hỏi a store of this address: how long it is waited for, and that nothing is known from
    before.
    """
    if not is_object_store(url):
        return {}
    return {
        "use_listings_cache": False,  # other machines add and remove files as well
        "config_kwargs": {
            "connect_timeout": ANSWER_SECONDS,
            "read_timeout": ANSWER_SECONDS,
            "retries": {"max_attempts": 0},
        },
    }


def opened(url: str) -> tuple[Any, str]:
    """Kho at this address, and where in it the files stand."""
    try:
        system, root = fsspec.core.url_to_fs(url, **bounds_of(url))
    except Exception as fault:
        current_app.logger.error("the store of files cannot be asked: %s", type(fault).__name__)  # noqa: TRY400 - its words may tell addresses
        raise Busy(_UNKNOWN) from fault
    if is_object_store(url) and not _BUCKET.fullmatch(root.partition("/")[0]):
        raise Busy(_UNKNOWN)
    if hasattr(system, "retries"):  # those of s3fs itself
        system.retries = TRIES
    return system, root.rstrip("/")


@contextmanager
def answering(system: Any) -> Iterator[None]:
    """Whatever a store elsewhere has against it, in words of its own, is said as one sentence."""
    try:
        yield
    except (RuleViolation, Busy, FileNotFoundError):
        raise
    except Exception as fault:
        if isinstance(system, LocalFileSystem):
            raise
        current_app.logger.error("the store of files does not answer: %s", type(fault).__name__)  # noqa: TRY400 - its words may tell addresses
        raise Busy(_AWAY) from fault


@contextmanager
def sending(system: Any, path: str) -> Iterator[IO[bytes]]:
    """What is written is in the store, whole, when this ends; until then in a file that may go."""
    timed = {"timeout": ANSWER_SECONDS} if getattr(system, "async_impl", False) else {}
    system.exists(path, **timed)
    with TemporaryFile() as target:
        yield target
        target.seek(0)
        if timed:
            system.pipe_file(path, target.read(), timeout=SENDING_SECONDS)
            return
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, target.read())
