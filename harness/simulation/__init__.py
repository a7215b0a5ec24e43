"""What happened on a simulated floor, and the laws it is judged by; pure."""
