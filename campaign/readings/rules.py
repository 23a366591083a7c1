"""Lượt đọc hồ sơ: what counts as the dossier of a person, and whom its readings are told; pure."""

from collections.abc import Collection

from campaign.core.labelled import Labelled


class Dossier(Labelled):
    """Hồ sơ của một người: the page, table or paper in which somebody read of them."""

    NOMINATION = "nomination", "Đề nghị khen thưởng"
    NOMINATION_TABLE = "nomination_table", "Bảng tính đề nghị khen thưởng"
    ACHIEVEMENT = "achievement", "Báo cáo thành tích"
    EXEMPLAR = "exemplar", "Hồ sơ điển hình"
    EXEMPLAR_TABLE = "exemplar_table", "Danh sách điển hình"
    EXEMPLAR_PAPER = "exemplar_paper", "Bản đăng ký điển hình"


def is_told(*, is_published: bool, unit_id: int, held: Collection[int]) -> bool:
    """Có cho người ấy biết lượt đọc không: until publication nobody learns from it that they were
    nominated but whoever acts for the unit that nominates (decision 12).
    """
    return is_published or unit_id in held
