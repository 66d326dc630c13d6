"""What desk pages show: frozen values with every word chosen, so that templates only place them."""
