"""SESIS: IEPs, caseload entries and encounters."""
