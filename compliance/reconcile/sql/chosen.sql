-- Whom the comparison is of; conditions that name these tables are taken out where it is of everybody.
CREATE TEMP TABLE chosen_student ON COMMIT DROP AS
SELECT * FROM unnest(%(students)s::bigint[], %(numbers)s::bigint[]) AS student(id, osis) ORDER BY id;
CREATE UNIQUE INDEX ON chosen_student (id);
CREATE TEMP TABLE chosen_provider ON COMMIT DROP AS
SELECT * FROM unnest(%(providers)s::bigint[]) AS provider(id) ORDER BY id;
CREATE UNIQUE INDEX ON chosen_provider (id)
