"""Faults of Graph calls, one file each."""
