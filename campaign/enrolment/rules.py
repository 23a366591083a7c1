"""Đăng ký: states of a participation."""


from campaign.core.labelled import Labelled


class ParticipationState(Labelled):
    """Trạng thái tham gia."""

    PROPOSED = "proposed", "chờ xác nhận"
    CONFIRMED = "confirmed", "đã xác nhận"
    WITHDRAWN = "withdrawn", "đã rút"
