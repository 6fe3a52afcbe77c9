"""The HTTP API: what there is and what is asked, declared once, served from /api/v1 and described by OpenAPI."""

from exports.api.download import Download
from exports.api.serve import blueprint
from exports.api.settings import Settings

__all__ = ["Download", "Settings", "blueprint"]
