"""Every component in every state, for those who work on the site; there is no such page in production."""
