"""HTTP doors of the console."""
