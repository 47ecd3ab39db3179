"""Ready answers in front of the application: a page is rendered and compressed once, and then only sent."""
