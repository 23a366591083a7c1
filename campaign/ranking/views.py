"""Xếp hạng: pages."""

from flask import Blueprint

ranking = Blueprint("ranking", __name__)
