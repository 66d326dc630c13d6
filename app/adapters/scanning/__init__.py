"""The scanner's back room (số hóa giấy tờ): files of any kind in, one PDF/A-2 with a Vietnamese text layer out.

`run.digitize` is the only way in. Each file is opened in a process of its own (`child`) with bounds on memory and
time, because a file that somebody sent may be made to harm whoever opens it; that process may die alone.
"""
