"""The clock of the server's machine, set back and forward while somebody works."""

import time
from http import HTTPStatus
from pathlib import Path

from prove.ground import Ground, until
from prove.trial import Trial

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
"""Of Debian's package libfaketime."""
HOUR, YEAR = 3600, 365 * 24 * 3600
TURNS = {
    "an hour ahead": HOUR,
    "an hour behind": -HOUR,
    "a year ahead": YEAR,
    "a year behind": -YEAR,
}
A_MOMENT = 1.5


def fit(ground: Ground) -> None:
    """Give the server a clock that can be set."""
    if LIBRARY is not None:
        _set(ground, 0)
        ground.environment |= {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(_file(ground)),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }


def _file(ground: Ground) -> Path:
    return ground.folder.with_name("clock")


def _set(ground: Ground, seconds: int) -> None:
    new = _file(ground).with_suffix(".new")
    new.write_text(f"{seconds:+d}\n")
    new.replace(_file(ground))


def clock_moves(trial: Trial) -> None:
    """Đồng hồ bị chỉnh: by an hour nobody notices; by a year one signs in again, no more."""
    from campaign.demo.content.people import PASSWORD

    for words, seconds in TURNS.items():
        _set(trial.ground, seconds)
        time.sleep(A_MOMENT)
        if abs(seconds) == HOUR:
            trial.taken(f"a cell, {words}", trial.save)
            trial.taken(f"a file, {words}", trial.attach)
        else:
            _sign_in_again(trial, words, PASSWORD)
        trial.taken(f"the record, {words}", lambda: trial.browser.ask("/home/"))
        _set(trial.ground, 0)
        time.sleep(A_MOMENT)
        if abs(seconds) == HOUR:
            trial.taken(f"a cell, back from {words}", trial.save)
        else:
            _sign_in_again(trial, f"back from {words}", PASSWORD)
        trial.goes_on(f"a clock that was {words}")


def _sign_in_again(trial: Trial, words: str, password: str) -> None:
    """The session is over, and says so; a wrong password keeps nobody out for long."""
    trial.refused(f"a cell, {words}", trial.save)
    for _ in range(5):
        trial.sign_in("sai")
    until(
        lambda: trial.sign_in(password).status == HTTPStatus.SEE_OTHER,
        f"nobody can sign in {words}",
    )
    trial.taken(f"a cell after signing in, {words}", trial.save)
    trial.taken(f"a file after signing in, {words}", trial.attach)
