"""The tests: laws of the whole house here, and beside them one folder per package of facilitate."""
