"""Where photos come from: one module per kind of place."""
