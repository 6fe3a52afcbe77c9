"""Readers: a published file in, cells with their places out (`cells.py`).

recognise.py   names the format from the content of a file
<format>.py    one reader a family of formats: read(path, format) -> Publication
guard.py       reads in a process with limits, for files of which nothing is known
companion.py   joins the names of a structure message to the SDMX data beside it
inspect.py     what `python -m etl inspect` shows of a publication
"""
