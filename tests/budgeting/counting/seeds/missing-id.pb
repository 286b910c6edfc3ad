META
key;value
budget;2
vote_type;choose-1
PROJECTS
cost;project_id

2
VOTES
vote;points;voter_id