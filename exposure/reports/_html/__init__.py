"""The parts of the HTML report: what each section shows, worked out here, and the page's own files in ``page/``."""
