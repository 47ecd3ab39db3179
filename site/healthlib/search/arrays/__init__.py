"""The posting lists of a Whoosh index as numpy arrays: written once by a build, mapped into memory by every worker."""
