"""From the invented organisation to a realm somebody can walk into, through the public services."""
