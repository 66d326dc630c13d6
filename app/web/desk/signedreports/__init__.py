"""Reports signed by the leader: put to sign, sign, read; what moved since is said."""
