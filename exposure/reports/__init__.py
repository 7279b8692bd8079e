"""How a report is written: one module per output, named by the word after ``--format``."""
