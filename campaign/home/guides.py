"""Trợ giúp: what each role does, in plain steps, with the page of each; pure."""

from collections.abc import Collection
from dataclasses import dataclass

from campaign.core.permissions import Role
from campaign.home.help_pictures import ALTS


@dataclass(frozen=True, slots=True)
class Stop:
    """Một bước trong trang trợ giúp: what to do, how, and on which page."""

    title: str
    text: str
    endpoint: str = ""
    page: str = ""
    """Tên trang, as the menu has it."""
    of_campaign: bool = True
    picture: str = ""
    """Hình của bước, by its name in `static/help`."""

    @property
    def alt(self) -> str:
        """Lời tả hình, for whoever does not see it."""
        return ALTS.get(self.picture, "")


@dataclass(frozen=True, slots=True)
class Guide:
    """Trang trợ giúp của một vai trò: five minutes, the first three steps first."""

    slug: str
    role: Role
    title: str
    lead: str
    stops: tuple[Stop, ...]

    @property
    def first(self) -> tuple[Stop, ...]:
        """Ba việc đầu tiên."""
        return self.stops[:FIRST]


FIRST = 3
_REPORTS = ("reporting.index", "Báo cáo")
_RANKING = ("ranking.index", "Xếp hạng")

GUIDES: tuple[Guide, ...] = (
    Guide(
        "unit-officer",
        Role.UNIT_OFFICER,
        "5 phút cho cán bộ đơn vị",
        "Ông/Bà soạn báo cáo của đơn vị và trình thủ trưởng ký nộp.",
        (
            Stop(
                "Đọc kế hoạch",
                "Xem chỉ tiêu của đơn vị, bảng điểm và hạn nộp từng kỳ.",
                "planning.show",
                "Kế hoạch",
            ),
            Stop(
                "Soạn báo cáo",
                "Chọn kỳ, nhập số liệu kèm nguồn, viết thuyết minh, tự chấm. Gõ là lưu.",
                *_REPORTS,
                picture="report",
            ),
            Stop(
                "Trình thủ trưởng",
                "Gắn minh chứng, trả lời cảnh báo rồi bấm “Trình ký”. Thủ trưởng ký thì báo cáo "
                "mới tính là đã nộp.",
                *_REPORTS,
            ),
            Stop(
                "Không kịp hạn",
                "Bấm “Xin gia hạn” ở kỳ ấy, ghi ngày và lý do; được gia hạn thì không bị nhắc nữa.",
                *_REPORTS,
            ),
            Stop(
                "Báo cáo bị trả lại",
                "Đọc lý do ở đầu báo cáo, sửa rồi trình lại; bản cũ vẫn được giữ.",
                *_REPORTS,
            ),
            Stop(
                "Giải trình sau thẩm định",
                "Nếu số thẩm định khác số đã báo, đơn vị được nêu ý kiến trong hạn ghi trên trang.",
                *_REPORTS,
            ),
            Stop(
                "Giới thiệu và học theo điển hình",
                "Ghi điển hình của đơn vị; đơn vị nào áp dụng thì xác nhận, kèm một câu và ngày.",
                "exemplars.index",
                "Điển hình",
                picture="example",
            ),
            Stop(
                "Đề nghị khen thưởng",
                "Lập đề nghị cho tập thể, cá nhân của đơn vị; thủ trưởng ký.",
                "decision.index",
                "Khen thưởng",
            ),
            Stop(
                "Xem kết quả",
                "Sau khi công bố, mỗi điểm số đều có căn cứ: bấm vào tên đơn vị mình để xem.",
                *_RANKING,
            ),
        ),
    ),
    Guide(
        "unit-head",
        Role.UNIT_HEAD,
        "5 phút cho thủ trưởng đơn vị",
        "Ông/Bà đăng ký cho đơn vị tham gia và ký nộp báo cáo.",
        (
            Stop(
                "Đăng ký tham gia",
                "Chọn đơn vị, ghi giao ước thi đua; Thường trực xác nhận.",
                "enrolment.index",
                "Đăng ký",
            ),
            Stop(
                "Xem báo cáo cán bộ trình",
                "Đọc số liệu, điểm tự chấm và các cảnh báo. Chưa đạt thì “Chuyển lại người soạn”.",
                *_REPORTS,
            ),
            Stop(
                "Ký nộp trước hạn",
                "Bấm “Ký nộp”: bản nộp được giữ nguyên, chỉ sửa được khi bị trả lại.",
                *_REPORTS,
                picture="to-sign",
            ),
            Stop(
                "Trả lời sau thẩm định",
                "Đồng ý hoặc nêu ý kiến về số thẩm định trong hạn ghi trên trang.",
                *_REPORTS,
            ),
            Stop(
                "Ký đề nghị khen thưởng",
                "Đọc thành tích rồi bấm “Ký đề nghị”.",
                "decision.index",
                "Khen thưởng",
            ),
            Stop(
                "Xem vì sao đơn vị được điểm này",
                "Sau khi công bố, trang xếp hạng dẫn đến từng tiêu chí kèm căn cứ tính điểm.",
                *_RANKING,
            ),
        ),
    ),
    Guide(
        "secretariat",
        Role.SECRETARIAT,
        "5 phút cho Thường trực Hội đồng",
        "Ông/Bà lập kế hoạch, theo dõi, thẩm định và chuẩn bị quyết định.",
        (
            Stop(
                "Lập kế hoạch và phát động",
                "Thêm phong trào, chỉ tiêu, bảng điểm, kỳ; trang “Điều hành” nêu việc còn thiếu.",
                "conduct.index",
                "Điều hành",
            ),
            Stop(
                "Xác nhận đơn vị tham gia",
                "Xếp đơn vị vào khối, giao chỉ tiêu, xác nhận đăng ký.",
                "enrolment.index",
                "Đăng ký",
            ),
            Stop(
                "Theo dõi báo cáo",
                "Xem đơn vị nào chưa nộp, nhắc hoặc gia hạn.",
                *_REPORTS,
                picture="board",
            ),
            Stop(
                "Đăng văn bản, bài viết",
                "Đơn vị xác nhận đã quán triệt văn bản chỉ đạo; trang bài cho biết đơn vị nào "
                "chưa.",
                "publicity.posts",
                "Tuyên truyền",
            ),
            Stop(
                "Bồi dưỡng điển hình qua bốn bước",
                "Đăng ký, giao người bồi dưỡng, tổng kết rồi nhân rộng; xem bao nhiêu đơn vị đã áp "
                "dụng.",
                "exemplars.index",
                "Điển hình",
                picture="example",
            ),
            Stop(
                "Thẩm định",
                "Đối chiếu từng số liệu với minh chứng rồi bấm “Hoàn thành thẩm định”.",
                "verification.index",
                "Thẩm định",
                picture="verification-part",
            ),
            Stop(
                "Chốt xếp hạng và họp",
                "Khi các phiếu chấm đã khoá, chốt xếp hạng, mời họp, ghi biên bản và kiểm phiếu.",
                "meeting.index",
                "Họp Hội đồng",
            ),
            Stop(
                "Quyết định và công bố",
                "Lập dự thảo, lấy ý kiến, ghi việc ký rồi công bố kết quả.",
                "decision.index",
                "Khen thưởng",
            ),
            Stop(
                "Sơ kết, tổng kết",
                "Viết phần nhận định; số liệu lấy từ hệ thống; báo cáo tải về là tệp Word.",
                "office.index",
                "Văn bản",
            ),
        ),
    ),
    Guide(
        "council-member",
        Role.COUNCIL_MEMBER,
        "5 phút cho thành viên Hội đồng",
        "Ông/Bà chấm điểm và biểu quyết; không ai xem được điểm của Ông/Bà khi chưa công bố.",
        (
            Stop(
                "Khai việc không chấm",
                "Nêu đơn vị mà Ông/Bà có liên quan; đơn vị của mình được tự động loại ra.",
                "council.index",
                "Hội đồng",
            ),
            Stop(
                "Chấm điểm",
                "Mở phiếu, chấm theo tiêu chí hoặc theo đơn vị; gõ đến đâu lưu đến đó.",
                "scoring.index",
                "Chấm điểm",
                picture="marks",
            ),
            Stop(
                "Khoá phiếu chấm",
                "Khi đã chấm hết, khoá phiếu. Muốn sửa sau đó phải xin mở lại.",
                "scoring.index",
                "Chấm điểm",
            ),
            Stop(
                "Xem lại ô chênh lệch",
                "Ô nào điểm các thành viên lệch nhau nhiều thì giữ hoặc đổi điểm, kèm một câu.",
                "scoring.index",
                "Chấm điểm",
            ),
            Stop(
                "Dự họp và biểu quyết",
                "Khi lượt biểu quyết mở, bỏ phiếu trên trang cuộc họp.",
                "meeting.index",
                "Họp Hội đồng",
            ),
            Stop(
                "Xem xếp hạng",
                "Tổng điểm, hạng và mức độ thống nhất của Hội đồng.",
                *_RANKING,
            ),
        ),
    ),
    Guide(
        "inspector",
        Role.INSPECTOR,
        "5 phút cho cán bộ kiểm tra",
        "Ông/Bà kiểm tra thực tế tại đơn vị và ghi biên bản.",
        (
            Stop("Đọc báo cáo của đơn vị", "Xem số liệu và minh chứng đã nộp.", *_REPORTS),
            Stop(
                "Lập biên bản kiểm tra",
                "Ghi đoàn, ngày, nội dung kiểm tra, kết luận và tệp kèm theo.",
                "verification.index",
                "Thẩm định",
                picture="inspection",
            ),
            Stop(
                "In biên bản để ký",
                "Biên bản tải về là tệp Word.",
                "office.index",
                "Văn bản",
            ),
        ),
    ),
    Guide(
        "director",
        Role.DIRECTOR,
        "5 phút cho Giám đốc",
        "Ông/Bà theo dõi tiến độ phong trào và ký quyết định.",
        (
            Stop(
                "Xem tiến độ",
                "Bảng báo cáo cho biết đơn vị nào đã nộp, đơn vị nào chậm; trang công khai cho "
                "biết mục tiêu nào đã đạt tiến độ.",
                *_REPORTS,
                picture="targets",
            ),
            Stop(
                "Xem xếp hạng",
                "Sau khi chốt, xem tổng điểm, hạng và căn cứ của từng điểm.",
                *_RANKING,
                picture="ranking",
            ),
            Stop(
                "Ký quyết định",
                "Đọc dự thảo, ký; việc ký được ghi vào hồ sơ với số và ngày.",
                "decision.index",
                "Khen thưởng",
            ),
            Stop(
                "Xem báo cáo tổng kết",
                "Số liệu, khen thưởng, hạn chế và bài học trong một văn bản.",
                "office.index",
                "Văn bản",
            ),
            Stop(
                "Lưu trữ", "Tải cả hồ sơ của phong trào thành một gói.", "archive.index", "Lưu trữ"
            ),
        ),
    ),
    Guide(
        "administrator",
        Role.ADMIN,
        "5 phút cho quản trị hệ thống",
        "Ông/Bà quản lý danh sách người dùng, đơn vị và các thiết lập chung.",
        (
            Stop(
                "Thêm đơn vị",
                "Từng đơn vị một, hoặc nhập từ Excel.",
                "units.index",
                "Đơn vị",
                of_campaign=False,
            ),
            Stop(
                "Thêm người và giao vai trò",
                "Mỗi người một tài khoản; cấp liên kết một lần để họ tự đặt mật khẩu.",
                "accounts.users",
                "Người dùng",
                of_campaign=False,
                picture="people",
            ),
            Stop(
                "Sửa mẫu văn bản, tiêu đề",
                "Tên cơ quan, người ký và mẫu Word của cơ quan.",
                "paper_templates.index",
                "Mẫu văn bản",
                of_campaign=False,
            ),
            Stop(
                "Xem thư đã gửi",
                "Thư nào đã đi, đến ai, thư nào lỗi.",
                "outbox.index",
                "Hộp thư đi",
                of_campaign=False,
            ),
            Stop(
                "Kiểm tra nhật ký",
                "Mọi thay đổi nằm trong một chuỗi; trang này kiểm tra chuỗi còn nguyên vẹn.",
                "audit.index",
                "Nhật ký",
                of_campaign=False,
            ),
        ),
    ),
)
"""Trang trợ giúp theo vai trò."""


def guide(slug: str) -> Guide | None:
    """Trang trợ giúp mang tên này."""
    return next((row for row in GUIDES if row.slug == slug), None)


def guides_of(roles: Collection[Role]) -> list[Guide]:
    """Trang trợ giúp của những vai trò này."""
    return [row for row in GUIDES if row.role in roles]


def first_stops(roles: Collection[Role]) -> list[Stop]:
    """Ba việc đầu tiên: of several roles the first of each, then the second."""
    columns = [row.first for row in guides_of(roles)]
    in_turn = [stops[place] for place in range(FIRST) for stops in columns]
    return list(dict.fromkeys(in_turn))[:FIRST]
