"""App Review as values and rules (meta-contract §10)."""
