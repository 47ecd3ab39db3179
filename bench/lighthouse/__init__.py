"""Lighthouse's audits of the site as it is served."""
