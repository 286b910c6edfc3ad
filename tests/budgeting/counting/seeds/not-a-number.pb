META
key;value
budget;E
vote_type;ordinal
PROJECTS
cost;project_id
VOTES
vote;points;voter_id