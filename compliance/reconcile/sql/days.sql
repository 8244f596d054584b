-- How many items stand open at each school at the end of the day, none where there were some before.
INSERT INTO compliance_daycount AS old (day, school_id, open)
SELECT %(day)s, school_id, count(*) FILTER (WHERE state = %(state_open)s) FROM compliance_finding GROUP BY school_id
ON CONFLICT (day, school_id) DO UPDATE SET open = EXCLUDED.open WHERE old.open <> EXCLUDED.open
