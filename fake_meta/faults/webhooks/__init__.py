"""Faults of deliveries, one file each."""
