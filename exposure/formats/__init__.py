"""Container formats: JPEG, PNG, WebP… one module each."""
