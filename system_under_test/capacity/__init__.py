"""How many customers a floor can serve: the console's own routing, in virtual time."""
