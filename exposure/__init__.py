"""Learn what strangers could read from your photos, in plain words."""

__version__ = "0.1.0"
