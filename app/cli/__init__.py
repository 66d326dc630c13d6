"""The command `motcua`: one file per group of commands, loaded when it is asked for."""
