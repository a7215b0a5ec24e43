"""Faults of media, one file each."""
