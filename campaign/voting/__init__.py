"""Bỏ phiếu: meetings of the council, their quorum, ballots and minutes."""
