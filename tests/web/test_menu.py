"""The menu of those who may much, and of those who may little."""

from campaign.core.permissions import Role
from campaign.planning.rules import Phase
from tests import build

RARE = [
    "Điển hình",
    "Tuyên truyền",
    "Sổ khen thưởng",
    "Phong trào",
    "Đơn vị",
    "Mẫu văn bản",
    "Hộp thư đi",
    "Nhật ký",
]
ALL_OF_AN_INSPECTOR = [
    "Việc của tôi",
    "Kế hoạch",
    "Đăng ký",
    "Báo cáo",
    "Thẩm định",
    "Văn bản",
    "Điển hình",
    "Phong trào",
]


def test_what_is_rarely_needed_stands_behind_one_entry_where_the_menu_would_be_long(
    app, sign_in, page
):
    build.campaign(phase=Phase.LAUNCHED)
    secretary = sign_in(build.user(Role.SECRETARIAT))
    shown = page(secretary.get("/home/"))
    assert shown.all(".menu li") == [
        "Việc của tôi",
        "Kế hoạch",
        "Đăng ký",
        "Hội đồng",
        "Báo cáo",
        "Thẩm định",
        "Chấm điểm",
        "Xếp hạng",
        "Họp Hội đồng",
        "Khen thưởng",
        "Văn bản",
        "Điều hành",
    ]
    assert (shown.all(".menu summary"), shown.all(".menu details a")) == (["Thêm"], RARE)
    here = page(secretary.get("/audit/"))
    assert here.all(".menu [aria-current]") == ["Nhật ký"]
    assert here.all(".menu details.is-here summary") == ["Thêm"]


def test_a_short_menu_shows_everything_at_once(app, sign_in, page):
    build.campaign(phase=Phase.LAUNCHED)
    shown = page(sign_in(build.user(Role.INSPECTOR)).get("/home/"))
    assert (shown.all(".menu li"), shown.all(".menu details")) == (ALL_OF_AN_INSPECTOR, [])
