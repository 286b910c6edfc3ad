META
key;value
budget;
vote_type;scoring
PROJECTS
cost;project_id
VOTES
vote;points;voter_id