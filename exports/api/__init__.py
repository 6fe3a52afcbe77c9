"""The HTTP API: declared once, served from /api/v1, described by OpenAPI."""

from exports.api.gate import Gate
from exports.api.serve import blueprint
from exports.api.settings import Settings

__all__ = ["Gate", "Settings", "blueprint"]
