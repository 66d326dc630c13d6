"""Flags that need an explanation (cần giải trình): the list, one flag with its evidence, question and answer."""
