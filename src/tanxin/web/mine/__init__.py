"""What is about me: my talks, what was promised to me, who opened it, my rights, my own data."""
