"""The emulator without a socket, for tests of software written for Meta."""

from __future__ import annotations

from fake_meta.in_process.interception import Intercepted, intercept

__all__ = ["Intercepted", "intercept"]
