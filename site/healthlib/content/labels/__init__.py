"""Texts of official labels, read from their publishers' formats, and the side-effect figures held against them."""
