META
key;value
budget;0
vote_type;scoring
PROJECTS
cost;project_id
VOTES
vote;points;voter_id