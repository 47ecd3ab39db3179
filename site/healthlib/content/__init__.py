"""Authored files, what they must hold, and what is published from them. No Flask, no Whoosh."""
