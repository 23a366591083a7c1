"""Từ chối: how what runs under guard says that it does not take a file."""

from typing import NoReturn


class Refused(Exception):
    """Tệp không nhận: the sentence says why."""


def refuse(sentence: str) -> NoReturn:
    """Từ chối with a sentence for the person who sent it."""
    raise Refused(sentence)
