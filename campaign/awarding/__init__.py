"""Khen thưởng: award kinds, nominees, proposals, decisions and the register of awards."""
