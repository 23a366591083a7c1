"""Diễn tập: pages."""

from flask import Blueprint

demo = Blueprint("demo", __name__)
