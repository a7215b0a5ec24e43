"""The machine's clock."""

from __future__ import annotations

import time


class SystemClock:
    """Wall time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000
