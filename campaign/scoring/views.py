"""Chấm điểm: pages."""

from flask import Blueprint

scoring = Blueprint("scoring", __name__)
