META
key;value
budget;-1
vote_type;ordinal
PROJECTS
cost;project_id

VOTES
vote;points;voter_id