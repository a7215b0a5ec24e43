"""Customers and agents in numbers, as a process of its own: importing Locust patches sockets."""
