"""What it costs, as ratios within one run: the machine is shared, absolute figures mean little."""
