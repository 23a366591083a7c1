"""A worker of the server begins, whatever else is away."""

from campaign.archive import stored
from tools import worker


def test_a_worker_begins_while_the_store_of_files_is_away(app, monkeypatch, caplog):
    class StoreIsAway(Exception):  # no OSError, as what a library of a store raises
        pass

    def fail(_now):
        raise StoreIsAway

    monkeypatch.setitem(app.config, "DEMO", value=True)
    monkeypatch.setattr(stored, "sweep_unasked", fail)
    worker._sweep(app)
    assert "nothing was swept: StoreIsAway" in caplog.text
