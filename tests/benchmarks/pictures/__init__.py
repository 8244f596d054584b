"""The comparison's peers: the same picture from the same files, each made by another tool at its best."""
