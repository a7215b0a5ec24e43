"""Tells what was judged: records, verdicts, and the renderers of the report."""
