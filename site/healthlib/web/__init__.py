"""The site as readers see it: Flask views, forms, headers and error pages."""
