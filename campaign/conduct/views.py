"""Điều hành: pages."""

from flask import Blueprint

conduct = Blueprint("conduct", __name__)
