"""Quyết định khen thưởng: drafted, posted for opinions, signed, corrected and revoked."""
