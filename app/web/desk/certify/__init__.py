"""The certification desk (bàn chứng thực): the grid, the tray, the book, electronic copies, signers."""
