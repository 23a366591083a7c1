"""The office's own kinds of units."""

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.units.models import UnitKind
from campaign.units.rules import kind_code
from tests import build


def test_the_code_of_a_kind_is_made_of_its_name_and_used_once():
    assert kind_code("Bệnh viện", ()) == "benh_vien"
    assert kind_code("Bệnh viện", {"benh_vien"}) == "benh_vien_2"
    assert kind_code("Trung tâm y tế tuyến huyện và thành phố", ()) == (
        "trung_tam_y_te_tuyen_huyen_va_thanh"
    )
    assert kind_code("Bảo hiểm xã hội thành phố trực thuộc tỉnh", ()) == (
        "bao_hiem_xa_hoi_thanh_pho_truc_thuoc"
    )
    assert kind_code("Trường mầm non/Nhà trẻ (công lập)", ()) == "truong_mam_non_nha_tre_cong_lap"
    assert (kind_code("…", ()), kind_code("..", {"loai"})) == ("loai", "loai_2")


def test_a_health_department_enters_its_hospitals(app, sign_in, page):
    browser = sign_in(build.user(Role.ADMIN))
    typed = {"name": " Bệnh  viện ", "competes": "y"}
    assert browser.post("/units/kinds/", data=typed).status_code == 303
    hospital = {"name": "Bệnh viện Đa khoa tỉnh", "code": "BVDK", "kind": "benh_vien"}
    assert browser.post("/units/new", data=hospital).status_code == 303
    listed = page(browser.get("/units/?q=BVDK"))
    assert "Bệnh viện" in listed.one("tbody tr td[data-label=Loại]")
    kinds = page(browser.get("/units/kinds/"))
    assert kinds.all("tbody tr:last-child td, tbody tr:last-child th") == [
        "Bệnh viện",
        "có",
        "1",
        "—",
    ]
    renamed = {"name": "Bệnh viện công lập"}
    assert browser.post("/units/kinds/benh_vien", data=renamed).status_code == 303
    row = db.session.get_one(UnitKind, "benh_vien")
    assert (row.name, row.competes) == ("Bệnh viện công lập", False)


def test_a_kind_that_is_there_or_in_use_is_refused(app, sign_in, page):
    build.unit()
    browser = sign_in(build.user(Role.ADMIN))
    again = page(browser.post("/units/kinds/", data={"name": "phòng chuyên môn"}))
    assert (again.status, "Danh mục đã có loại “phòng chuyên môn”." in again.one("main")) == (
        422,
        True,
    )
    used = page(
        browser.post(
            "/units/kinds/office/delete",
            headers={"Referer": "http://localhost/units/kinds/"},
            follow_redirects=True,
        )
    )
    assert "Còn 1 đơn vị thuộc loại “Phòng chuyên môn”" in used.tree.text_content()
    assert browser.post("/units/kinds/other/delete").status_code == 303
    assert db.session.get(UnitKind, "other") is None
    assert browser.get("/units/kinds/other").status_code == 404
    other = {"name": "Trạm", "code": "T", "kind": "other"}
    assert page(browser.post("/units/new", data=other)).status == 422
