"""Sổ khen thưởng: the awards of all years, and what the office keeps for them."""
