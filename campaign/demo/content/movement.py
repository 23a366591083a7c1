"""Nội dung diễn tập: themes, a directive and the good examples of 2021; all of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaign.demo.content.words import MADE_UP, News
from campaign.exemplars.rules import Standing, Step, Subject
from campaign.publicity.rules import PostKind


@dataclass(frozen=True)
class DemoTheme:
    """Chủ đề, with the targets that belong to it."""

    name: str
    lead: str
    indicators: tuple[str, ...] = ()


MARKETS = DemoTheme(
    "Sản xuất và thị trường",
    "Cùng doanh nghiệp giữ nhịp sản xuất, đưa hàng Việt và nông sản của tỉnh đến người dùng.",
    ("iip", "retail"),
)
POWER = DemoTheme(
    "Điện cho mọi nhà",
    "Đưa điện lưới quốc gia đến những hộ cuối cùng chưa có điện.",
    ("grid",),
)
THEMES = (MARKETS, POWER)

DIRECTIVE = News(
    "Quán triệt nội dung, cách chấm và hạn báo cáo của đợt thi đua",
    """\
Thủ trưởng các đơn vị tổ chức quán triệt đến toàn thể cán bộ, công chức, viên chức, người lao động:

- Sáu chỉ tiêu năm 2021 và phần việc đơn vị được giao.
- Bảng điểm, cách chấm và những lỗi bị trừ điểm.
- Hạn báo cáo tháng 3 và báo cáo cuối phong trào.

Quán triệt xong, đơn vị xác nhận ngày tổ chức và thành phần dự.""",
    f"Thường trực Hội đồng {MADE_UP}",
    date(2021, 3, 15),
    PostKind.DIRECTIVE,
)
STUDIED: Mapping[str, tuple[date, str]] = {
    "VP": (date(2021, 3, 17), "Toàn thể công chức, người lao động của Văn phòng"),
    "QLCN": (date(2021, 3, 17), "Toàn thể công chức của phòng"),
    "QLTM": (date(2021, 3, 18), "Toàn thể công chức của phòng"),
    "TTKC": (date(2021, 3, 19), "Ban Giám đốc, các tổ chuyên môn"),
    "HB": (date(2021, 3, 19), "Toàn thể công chức, 4 hợp đồng lao động"),
    "LSN": (date(2021, 3, 22), "Toàn thể công chức, cán bộ phụ trách các xã"),
    "MC": (date(2021, 3, 23), "Toàn thể công chức của phòng"),
    "TL": (date(2021, 3, 24), "Toàn thể công chức của phòng"),
}
"""Đơn vị đã quán triệt: on which day, and who took part; the others have not confirmed yet."""

STUDY = News(
    "Thi đua là yêu nước: mỗi người một việc làm cụ thể",
    """\
Các chi bộ trong ngành sinh hoạt chuyên đề về tư tưởng thi đua của Hồ Chí Minh, mỗi người đăng ký \
một việc làm cụ thể gắn với công việc hằng ngày.

# Cách làm
- Việc đăng ký phải đo được và xong trong đợt thi đua.
- Tổ công đoàn theo dõi, hằng tháng báo ai đã làm xong.
- Việc làm hay được giới thiệu để đơn vị khác học theo.""",
    f"Công đoàn ngành {MADE_UP}",
    date(2021, 3, 26),
    PostKind.STUDY,
)
STALLS = News(
    "Chín điểm bán hàng Việt mở lại sau Tết",
    """\
Chín điểm bán hàng Việt tại các chợ phiên đã mở lại, giới thiệu cam, rau, mật ong và hàng dệt của \
các xã. Mỗi phiên có sổ ghi doanh thu, hàng thiếu và ý kiến của người mua.""",
    f"Phòng Quản lý thương mại {MADE_UP}",
    date(2021, 3, 30),
    theme=MARKETS.name,
)
LINES = News(
    "Thêm 46 hộ ở ba xóm vùng cao có điện lưới",
    """\
Ba xóm vùng cao vừa đóng điện nhánh rẽ cuối cùng. Người dân góp công đào móng, dựng cột; ngành \
điện kéo dây và lắp công tơ trong mười ngày.""",
    f"Phòng Quản lý năng lượng {MADE_UP}",
    date(2021, 4, 20),
    theme=POWER.name,
)


@dataclass(frozen=True)
class DemoPicture:
    """Ảnh của câu chuyện: a drawing in `campaign/demo/pictures`, and its words."""

    name: str
    alt: str


@dataclass(frozen=True)
class DemoStory:
    """Câu chuyện đã đăng về điển hình, with the consent it rests on."""

    title: str
    body: str
    consent_on: date
    picture: DemoPicture


@dataclass(frozen=True)
class DemoExemplar:
    """Điển hình: where it stands at the end of the drive, and when it came there."""

    unit: str
    values: Mapping[str, Any]
    moved: Mapping[Step, date] = field(default_factory=dict)
    """Ngày chuyển sang từng bước."""
    is_waiting: bool = False
    """Chờ Thường trực quyết định."""
    uses: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    story: DemoStory | None = None


EXEMPLARS = (
    DemoExemplar(
        "LSN",
        {
            "subject": Subject.COLLECTIVE,
            "name": "Tổ vận động đưa điện về xóm vùng cao",
            "field": "Điện lưới",
            "reason": f"Vận động dân hiến đất, góp công để kéo điện về ba xóm cuối. {MADE_UP}",
            "goal": "100 % số hộ của ba xóm có điện trước ngày 30/04/2021.",
            "found_by": "Phòng Quản lý năng lượng",
            "found_on": date(2021, 3, 8),
            "helper": "Phòng Quản lý năng lượng",
            "measures": "Hướng dẫn thủ tục hành lang tuyến; mỗi tuần giao ban một lần tại xóm.",
            "help_until": date(2021, 4, 15),
            "result": "46 hộ có điện sau năm tuần, không hộ nào đòi bồi thường đất.",
            "summary": "Họp dân từng xóm trước khi khảo sát; ai hiến đất được ghi tên trên "
            "bảng tin của xóm; tổ có một người thạo tiếng Mường.",
            "spread": "Giới thiệu tại giao ban tháng 4; mời các huyện đến xem tại xóm.",
        },
        {
            Step.HELPED: date(2021, 3, 12),
            Step.SUMMED_UP: date(2021, 4, 16),
            Step.FOLLOWED: date(2021, 4, 19),
        },
        uses={
            "MC": (
                date(2021, 4, 22),
                f"Lập tổ vận động năm người, họp dân hai xóm trước khi khảo sát tuyến {MADE_UP}",
            ),
            "TL": (
                date(2021, 4, 26),
                f"Mỗi xóm một bảng ghi tên hộ hiến đất, một người thạo tiếng dân tộc {MADE_UP}",
            ),
        },
        story=DemoStory(
            "Năm tuần, ba xóm, bốn mươi sáu ngôi nhà sáng đèn",
            f"""\
Ba xóm cuối của huyện chờ điện đã lâu vì tuyến phải qua nương của nhiều nhà. Tổ vận động không bắt \
đầu bằng bản vẽ mà bằng buổi họp dân ở từng xóm. {MADE_UP}

# Cách làm
- Họp dân trước, khảo sát sau: tuyến đi qua nhà nào, nhà ấy có ý kiến.
- Ai hiến đất, góp công thì được ghi tên trên bảng tin của xóm.
- Tổ có người thạo tiếng Mường, tuần nào cũng lên xóm.

# Kết quả
Sau năm tuần, bốn mươi sáu hộ có điện; không hộ nào đòi bồi thường đất.""",
            date(2021, 4, 16),
            DemoPicture("power.png", "Tranh vẽ: đường điện đi qua hai nhà sàn đã sáng đèn"),
        ),
    ),
    DemoExemplar(
        "QLTM",
        {
            "subject": Subject.PERSON,
            "standing": Standing.WORKER,
            "name": "Bùi Thị Chiên",
            "field": "Bán lẻ, hàng Việt",
            "reason": f"Mở lại chín điểm bán hàng Việt tại các chợ phiên sau Tết. {MADE_UP}",
            "goal": "Mỗi phiên chợ có ít nhất 20 mặt hàng của tỉnh.",
            "found_by": "Văn phòng Sở",
            "found_on": date(2021, 3, 10),
            "helper": "Phòng Quản lý thương mại",
            "measures": "Giao phụ trách nhóm chợ phiên; hỗ trợ biển hiệu, sổ ghi hàng.",
            "help_until": date(2021, 4, 20),
            "result": "Doanh thu mỗi phiên tăng từ 18 lên 31 triệu đồng; có 27 mặt hàng của tỉnh.",
            "summary": "Ghi sổ hàng thiếu sau mỗi phiên, đặt trước với hợp tác xã cho phiên sau.",
        },
        {Step.HELPED: date(2021, 3, 15), Step.SUMMED_UP: date(2021, 4, 21)},
        story=DemoStory(
            "Cuốn sổ hàng thiếu của người giữ chợ phiên",
            f"""\
Sau mỗi phiên chợ, chị Chiên ghi lại những thứ người mua hỏi mà quầy không có. Tối hôm ấy chị gọi \
cho các hợp tác xã; phiên sau, hàng đã ở trên quầy. {MADE_UP}

# Sau hai tháng
- 27 mặt hàng của tỉnh có mặt đều ở chín điểm bán.
- Doanh thu mỗi phiên tăng từ 18 lên 31 triệu đồng.""",
            date(2021, 4, 20),
            DemoPicture("market.png", "Tranh vẽ: quầy hàng Việt ở chợ phiên có cam, rau, mật ong"),
        ),
    ),
    DemoExemplar(
        "TTKC",
        {
            "subject": Subject.HOUSEHOLD,
            "name": "Hộ ông Xa Văn Thành",
            "field": "Công nghiệp nông thôn",
            "reason": f"Tự làm máy chẻ nan, nhận việc cho tám hộ trong xóm. {MADE_UP}",
            "goal": "Mười lăm hộ có việc thường xuyên.",
            "found_by": "Trung tâm Khuyến công",
            "found_on": date(2021, 3, 16),
            "helper": "Trung tâm Khuyến công",
            "measures": "Hỗ trợ một nửa tiền mua mô-tơ; dạy nghề cho mười người.",
            "help_until": date(2021, 5, 31),
        },
        {Step.HELPED: date(2021, 3, 24)},
    ),
    DemoExemplar(
        "HB",
        {
            "subject": Subject.COLLECTIVE,
            "name": "Bộ phận tiếp nhận hồ sơ một cửa",
            "field": "Cải cách hành chính",
            "reason": f"Trả trước hạn 96 % hồ sơ, gọi điện báo cho người dân. {MADE_UP}",
            "found_by": "Thanh tra Sở",
            "found_on": date(2021, 4, 14),
        },
    ),
    DemoExemplar(
        "KB",
        {
            "subject": Subject.PERSON,
            "standing": Standing.LEADER,
            "name": "Quách Công Thiện",
            "field": "Bán lẻ",
            "reason": f"Vận động ba chợ xã dùng sổ doanh thu chung. {MADE_UP}",
            "found_by": "Phòng Kinh tế và Hạ tầng huyện Kim Bôi",
            "found_on": date(2021, 4, 21),
        },
        is_waiting=True,
    ),
)
