"""The desk (Bộ phận Một cửa): work lists, reception, the dossier page, signing, numbering, returning."""
