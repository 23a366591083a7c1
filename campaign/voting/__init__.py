"""Bỏ phiếu: ballots, the sealed urn, casting and counting."""
