"""Statistics of a quarter, for everybody: in steps, and nobody can be found in them."""
