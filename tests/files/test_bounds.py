"""How long a store elsewhere is waited for."""

import fsspec
import pytest

from campaign.core.errors import Busy
from campaign.files import storage, stores


class Far:
    """An object store as s3fs hands it out."""

    retries = 5


def test_an_object_store_that_does_not_answer_is_given_up_soon(app, monkeypatch):
    asked = {}

    def opened(url, **options):
        asked[url] = options
        return Far(), "kho/ngonco/"

    monkeypatch.setattr(fsspec.core, "url_to_fs", opened)
    monkeypatch.setitem(app.config, "EVIDENCE_URL", "s3://kho/ngonco")
    system, root = storage._store()
    assert (system.retries, root) == (1, "kho/ngonco")
    assert asked == {
        "s3://kho/ngonco": {
            "use_listings_cache": False,
            "config_kwargs": {
                "connect_timeout": 5,
                "read_timeout": 5,
                "retries": {"max_attempts": 0},
            },
        }
    }


@pytest.mark.parametrize("url", ["abc://kho", "s3://khoa:mat@127.0.0.1:1/kho", "s3://"])
def test_a_store_whose_address_is_none_is_said_in_one_sentence(app, url):
    with pytest.raises(
        Busy,
        match=r"^Kho tệp chưa mở được vì EVIDENCE_URL chưa đúng\. Hãy báo quản trị hệ thống\.$",
    ):
        stores.opened(url)


def test_a_folder_needs_no_bounds():
    assert stores.bounds_of("/var/lib/ngonco/evidence") == {}
