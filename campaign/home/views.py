"""Việc của tôi: pages."""

from flask import Blueprint

home = Blueprint("home", __name__)
