META
key;value
budget;2
vote_type;ordinal
PROJECTS
cost;project_id
VOTES
points;voter_id;vote