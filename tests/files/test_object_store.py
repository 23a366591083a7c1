"""Files in an object store: kept whole, swept, and nobody held where the store is away."""

import hashlib
import io
import logging
import os
import socket
import time
from datetime import date

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from campaign.extensions import db
from campaign.files import storage, stores
from campaign.reporting.models import Evidence
from tests.served import is_within
from tests.worlds import World

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF" + os.urandom(300_000)
AWAY = "Kho tệp không trả lời nên chưa đọc, chưa ghi được tệp."


@pytest.fixture
def at(app, monkeypatch):
    """`at(address)`: the store of the application is a bucket there."""
    monkeypatch.setitem(app.config, "EVIDENCE_URL", "s3://kho/ngonco")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "khoa")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "bi-mat")

    def stand(address):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        s3fs.S3FileSystem.clear_instance_cache()

    yield stand
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(at):
    """A store that speaks S3, with the bucket that the office made."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    at(f"http://{host}:{port}")
    made = s3fs.S3FileSystem()
    made.makedirs("kho", exist_ok=True)
    yield made
    made.rm("kho", recursive=True)
    server.stop()


@pytest.fixture
def send(sign_in):
    """`send(content)`: an officer adds a file to their report; gives the answer."""
    world = World(due_on=date(2100, 1, 1), locks_on=date(2100, 1, 2))
    address = f"/campaigns/{world.campaign.id}/reports/{world.report.id}/evidence"
    browser = sign_in(world.officer)

    def sent(content):
        form = {"file": (io.BytesIO(content), "bản chụp.pdf"), "criterion_id": world.criterion.id}
        return browser.post(address, data=form, follow_redirects=True)

    return sent


def test_a_file_goes_to_the_store_and_back_whole_and_what_no_row_names_is_swept(app, bucket, send):
    assert send(PDF).status_code == 200
    row = db.session.query(Evidence).one()
    place = f"kho/ngonco/{row.storage_key[:2]}/{row.storage_key}"
    assert bucket.find("kho") == [place]
    assert row.sha256 == hashlib.sha256(bucket.cat_file(place)).hexdigest()
    with storage.open_file(row.storage_key) as source:
        assert source.read() == PDF
    assert "không đúng định dạng" in send(b"MZ" + bytes(900)).text
    bucket.invalidate_cache()
    assert bucket.find("kho") == [place]
    bucket.pipe_file(f"kho/ngonco/ab/{16 * 'ab'}", b"left by a process that died")
    storage.try_writing()
    done = app.test_cli_runner().invoke(args=["files", "sweep", "--remove", "--hours", "0"])
    bucket.invalidate_cache()
    assert (done.exit_code, bucket.find("kho")) == (0, [place]), done.output
    assert app.test_cli_runner().invoke(args=["files", "verify"]).exit_code == 0


def test_a_file_that_the_store_does_not_give_back_as_it_was_sent_is_not_kept(
    bucket, send, monkeypatch
):
    monkeypatch.setattr(
        s3fs.S3FileSystem,
        "pipe_file",
        lambda self, path, data, **_: self.pipe({path: data[:-1]}),
    )
    assert "Kho tệp không giữ đúng tệp đã gửi. Hãy gửi lại." in send(PDF).text
    bucket.invalidate_cache()
    assert (bucket.find("kho"), db.session.query(Evidence).count()) == ([], 0)


def test_a_store_that_is_silent_holds_nobody_longer_than_it_may(at, client, send, monkeypatch):
    monkeypatch.setattr(stores, "ANSWER_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at(f"http://127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        answer = send(PDF)
        assert is_within(4, time.monotonic() - began)
        assert (answer.status_code, AWAY in answer.text) == (503, True)
        assert client.get("/").status_code == 200
        began = time.monotonic()
        told = client.get("/readyz")
        assert is_within(8, time.monotonic() - began)
        assert (told.status_code, told.json["ready"]) == (503, False)
    assert db.session.query(Evidence).count() == 0
