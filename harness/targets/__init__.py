"""The seam between the review and somebody's console."""
