"""Verification behind walls (kiểm tra cách ly): a hostile file costs one short-lived process, never a worker.

`cage` is the process with its limits, `verdict_words` what crosses its wall, `process` the warm process from
which the cages are forked, `verifier` the door that the house keeps to it.
"""
