"""Các cách tính điểm: a module for each kind of rule, and the table in which they all stand."""
