"""Pure rules of the console: values in, values out; no I/O, no clock, no chance."""
