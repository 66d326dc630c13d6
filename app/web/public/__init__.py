"""Citizen pages (trang người dân): find a procedure, file, follow a dossier, verify a paper."""
