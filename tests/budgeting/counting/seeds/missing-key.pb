META
key;value
budget;
vote_type;ordinal
PROJECTS
cost;project_id
VOTES
points;voter_id;vote