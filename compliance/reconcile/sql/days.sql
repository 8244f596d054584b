-- How many items are unfinished at each school at the end of the day, as Today counts them, none where there were some.
INSERT INTO compliance_daycount AS old (day, school_id, open)
SELECT %(day)s, school_id, count(*) FILTER (WHERE state = ANY(%(unfinished)s)) FROM compliance_finding GROUP BY school_id
ON CONFLICT (day, school_id) DO UPDATE SET open = EXCLUDED.open WHERE old.open <> EXCLUDED.open
