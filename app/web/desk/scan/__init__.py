"""The scanner at the desk (quét và số hóa): handing in scans, watching them, comparing, finding papers by words."""
