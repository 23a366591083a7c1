"""Tuyên truyền: pages."""

from flask import Blueprint

publicity = Blueprint("publicity", __name__)
