"""Diễn tập: who takes part in the campaign of 2021, what is planned, and what is said."""
