"""Thuật ngữ của bảng điểm: the closed sets of words that indicators and criteria are made of."""

from campaign.core.labelled import Labelled


class Direction(Labelled):
    """Chiều của chỉ tiêu."""

    AT_LEAST = "at_least", "đạt từ mức này trở lên"
    AT_MOST = "at_most", "không vượt quá mức này"
    BELOW = "below", "phải dưới mức này"
    WATCH = "watch", "chỉ theo dõi"


class Judgement(Labelled):
    """Cách đánh giá của chỉ tiêu (design decision 6)."""

    CUMULATIVE = "cumulative", "luỹ kế so với tiến độ phải đạt"
    GROWTH = "growth", "tăng trưởng so với cùng kỳ năm trước"
    LEVEL = "level", "mức đạt được"


class PointsWay(Labelled):
    """Cách tính điểm của một tiêu chí lấy số của chỉ tiêu."""

    INDICATOR = "indicator", "theo cách tính của chỉ tiêu"
    OWN = "own", "cách tính riêng của tiêu chí"


class TargetOf(Labelled):
    """Mục tiêu tính cho cả năm, hay cho cả phong trào."""

    YEAR = "year", "cả năm"
    CAMPAIGN = "campaign", "cả phong trào"


class CountedBy(Labelled):
    """Cách tính phần thời gian đã qua của phong trào."""

    MONTHS = "months", "số tháng"
    DAYS = "days", "số ngày"


class ValueKind(Labelled):
    """Loại số liệu."""

    ESTIMATED = "estimated", "ước"
    PRELIMINARY = "preliminary", "sơ bộ"
    OFFICIAL = "official", "chính thức"


class JudgedBy(Labelled):
    """Ai cho điểm một tiêu chí."""

    INDICATOR = "indicator", "hệ thống tính theo chỉ tiêu"
    COUNT = "count", "hệ thống tính theo số lần"
    CHECKLIST = "checklist", "hệ thống tính theo danh mục đạt, không đạt"
    SECRETARIAT = "secretariat", "Thường trực"
    COUNCIL = "council", "Hội đồng"


class CriterionKind(Labelled):
    """Loại tiêu chí."""

    BASE = "base", "điểm chuẩn"
    BONUS = "bonus", "điểm thưởng"
    PENALTY = "penalty", "điểm trừ"


class TakesFrom(Labelled):
    """Điểm trừ được trừ vào đâu."""

    TOTAL = "total", "tổng điểm"
    GROUP = "group", "mục chứa tiêu chí"
    CRITERION = "criterion", "một tiêu chí"


class OwnerPart(Labelled):
    """Vai của đơn vị đối với chỉ tiêu."""

    LEAD = "lead", "chủ trì"
    SUPPORT = "support", "phối hợp"
