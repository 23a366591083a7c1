"""What a start finds open on the disk, it closes."""

import os
import stat
import subprocess
import sys

from tests.served import ROOT, begin_with


def _modes(folder):
    places = [folder, *folder.rglob("*")]
    return {oct(stat.S_IMODE(place.lstat().st_mode)) for place in places if place.is_file()}, {
        oct(stat.S_IMODE(place.lstat().st_mode)) for place in places if place.is_dir()
    }


def test_a_start_closes_an_open_instance_whatever_the_umask(tmp_path, migrated):
    instance = tmp_path / "instance"
    (instance / "evidence" / "ab").mkdir(parents=True)
    begin_with(migrated, instance, "ngonco.db")
    for name in ("ngonco.db", "server.log", "evidence/ab/abcd"):
        (instance / name).touch()
        (instance / name).chmod(0o644)
    (instance / "secret_key").write_text("only-for-tests", encoding="ascii")
    environment = {
        "PATH": os.environ["PATH"],
        "FLASK_APP": "wsgi",
        "NGONCO_MODE": "demo",
        "NGONCO_INSTANCE": str(instance),
    }
    subprocess.run(
        [sys.executable, "-m", "flask", "db", "upgrade"],
        cwd=ROOT,
        env=environment,
        umask=0,
        capture_output=True,
        check=True,
    )
    assert _modes(instance) == ({"0o600"}, {"0o700"})
