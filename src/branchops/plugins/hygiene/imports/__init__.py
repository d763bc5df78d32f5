"""Reading inspections of other registers in."""
