"""What the control API takes and tells, as dictionaries with named keys: a module an area."""
