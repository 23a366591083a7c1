"""Hình của trang trợ giúp: what each shows, for whoever does not see it; pure."""

from collections.abc import Mapping

ALTS: Mapping[str, str] = {
    "report": "Phần báo cáo một chỉ tiêu: ô số liệu của kỳ, loại số liệu và nguồn.",
    "to-sign": "Việc của thủ trưởng: ký nộp báo cáo, xác nhận quán triệt, học theo điển hình.",
    "board": "Hình đơn vị nộp báo cáo từng kỳ: đúng hạn, muộn, chưa đến hạn, quá hạn chưa nộp.",
    "verification-part": "Bảng thẩm định: số đơn vị báo, ô số thẩm định và nhận xét.",
    "example": "Bốn bước của một điển hình, từ phát hiện đến nhân rộng, với ngày đến từng bước.",
    "marks": "Phiếu chấm: mỗi hàng một đơn vị, mỗi cột một tiêu chí, ô điểm để gõ.",
    "inspection": "Biên bản kiểm tra: đoàn, ngày, nội dung, phát hiện và kết luận.",
    "targets": "Hình các mục tiêu: thanh đặc đã đạt tiến độ, thanh rỗng chưa đạt.",
    "ranking": "Bảng xếp hạng của một khối: hạng, đơn vị, điểm từng nhóm và tổng điểm.",
    "people": "Danh sách người dùng: họ tên, tên đăng nhập, đơn vị, vai trò.",
}
"""Lời tả của từng hình trong `static/help`."""
