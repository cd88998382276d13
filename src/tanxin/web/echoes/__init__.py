"""The private question some weeks after a talk, and what may be known of the answers."""
