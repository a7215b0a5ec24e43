"""What people see of Instagram: the website and the phone app."""
