"""Which offices keep their book elsewhere, and push it to this server."""

from __future__ import annotations

PUSHED = "SELECT DISTINCT office_code FROM push ORDER BY office_code"
