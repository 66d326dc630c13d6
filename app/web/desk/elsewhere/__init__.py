"""Dossiers settled on other systems (hồ sơ chỉ theo dõi): the list, and statuses pasted from there."""
