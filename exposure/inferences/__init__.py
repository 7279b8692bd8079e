"""What many photos give away together: one module per inference."""
