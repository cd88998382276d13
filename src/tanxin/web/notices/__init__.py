"""Whether one is written to and what was sent; and for whoever runs the system, what got stuck."""
