META
key;value
budget;96
vote_type;choose-1
PROJECTS
cost;project_id
VOTES
voter_id;vote;points;neighborhood

96
