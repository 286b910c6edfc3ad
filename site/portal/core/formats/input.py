"""What both languages accept when somebody types a date: the day always comes first, or the whole is ISO."""

DATE_INPUT_FORMATS = [
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y-%m-%d",
    "%d.%m.%y",
]
TIME_INPUT_FORMATS = [
    "%H.%M",
    "%H:%M",
    "%H.%M.%S",
    "%H:%M:%S",
    "%H:%M:%S.%f",
]
DATETIME_INPUT_FORMATS = [
    f"{date}{between}{time}"
    for date in DATE_INPUT_FORMATS[:4]
    for between in (" ", " klo ", " kl. ", "T")
    for time in TIME_INPUT_FORMATS
]
