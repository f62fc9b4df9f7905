"""Tables that higher levels ask for: filled from figures and records, handed in, compared with what was handed in."""
