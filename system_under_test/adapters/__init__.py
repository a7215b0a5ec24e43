"""The console's edges: database, Graph API, clock, passwords."""
