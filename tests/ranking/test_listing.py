"""The tables of the ranking: searched, narrowed and sorted, before and after they are frozen."""

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.units.models import Unit
from tests import build, worlds
from tests.ranked_world import Scored


def _named(entries, names):
    for entry, name in zip(entries, names, strict=False):
        db.session.get_one(Unit, entry.unit_id).name = name
    db.session.commit()


@pytest.mark.parametrize("world", [Scored, worlds.awards])
def test_units_of_the_ranking_are_found_without_tones_and_sorted(app, sign_in, page, world):
    scored = world()
    _named(scored.entries, ("Xã Đà Bắc", "Xã Ân Thi", "Phường Một"))
    entries = len(scored.entries)
    browser = sign_in(build.user(Role.SECRETARIAT))

    def seen(**asked):
        return page(browser.get(f"/campaigns/{scored.campaign.id}/ranking/", query_string=asked))

    def ranks(**asked):
        return [text.split()[0] for text in seen(**asked).all("tbody .rank")]

    assert len(ranks()) == entries
    assert ranks(q="da bac") == ["1"]
    assert ranks(q="xa", sort="name") == ["2", "1"]
    assert ranks(sort="-rank", block=scored.block.id)[-1] == "1"
    assert seen(q="zzz").one(".empty h2") == "Không có đơn vị nào như vậy"
