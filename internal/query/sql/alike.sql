-- name: AlikeTo :many
SELECT other.source AS source, other.relation AS relation, count(*) AS shared FROM tie AS mine
JOIN tie AS other ON other.target = mine.target AND other.relation = mine.relation
WHERE mine.source = $1 AND mine.relation IN ('encloses', 'near') AND other.source <> mine.source
GROUP BY other.source, other.relation ORDER BY other.source, other.relation;
