"""Background work whose outcome is a file for a person (tệp lập ở nền): its kinds, as jobs keep them."""

from typing import Final

REGISTER: Final = "register"
FIGURE_LIST: Final = "figure_list"
FILES: Final = (REGISTER, FIGURE_LIST)
