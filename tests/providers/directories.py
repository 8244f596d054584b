"""Small directories for tests, in the city's own columns."""

from __future__ import annotations

from collections.abc import Iterable

HEADING = "dbn,name,type,category,grades,borough,geographic_district,administrative_district,managed_by,status"
HARBOR = '15K951,P.S. 951 The Test Harbor,General Academic,Elementary,"PK,0K,01,02",Brooklyn,15,15,DOE,Open'
QUARRY = '07X952,The Test Quarry School,Special Education,K-8,"0K,01",Bronx,7,75,DOE,Open'


def row(dbn: str = "20K953", name: str = "M.S. 953 The Test Meadow", borough: str = "Brooklyn") -> str:
    """Return a line of the directory."""
    return f'{dbn},{name},General Academic,Junior High-Intermediate-Middle,"06,07,08",{borough},20,20,DOE,Open'


def directory(*rows: str, heading: str = HEADING) -> Iterable[str]:
    """Return the lines of a directory."""
    return [f"{line}\r\n" for line in (heading, *rows)]
