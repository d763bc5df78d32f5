"""Exchange with the world outside: rows coming in, events going out. Streamed both ways, in flat memory."""
