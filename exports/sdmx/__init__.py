"""SDMX: structures, data messages and the REST service that stock clients browse."""
