"""The way dossiers really took (quy trình thực tế): waiting and hands-on time, ways, loops, hand-overs."""
